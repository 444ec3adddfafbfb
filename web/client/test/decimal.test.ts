import { expect, test } from "vitest";
import { add, compare, decimal, isDecimal, multiply, round, subtract, type Decimal } from "../src/index.js";

test("Sums and differences are exact", () => {
  expect(add("0.1", "0.2")).toBe("0.3");
  expect(add("99999999999999999999.99999999", "0.00000001")).toBe("100000000000000000000");
  expect(subtract("1", "0.00000001")).toBe("0.99999999");
  expect(subtract("0.5", "0.5")).toBe("0");
  expect(add("-0.3", "0.1")).toBe("-0.2");
});

test("Products have all their decimals", () => {
  expect(multiply("0.00000001", "0.00000001")).toBe("0.0000000000000001");
  expect(multiply("60000.12345678", "-3")).toBe("-180000.37037034");
  expect(multiply("0", "-5")).toBe("0");
});

test("Amounts are compared by value and not by spelling", () => {
  expect(compare("1.10", "1.1")).toBe(0);
  expect(compare("9", "10")).toBe(-1);
  expect(compare("-2", "-10")).toBe(1);
  expect(compare("0", "-0")).toBe(0);
});

test("Rounding says which way it goes", () => {
  expect(round("1.29", 1)).toBe("1.2");
  expect(round("-1.29", 1)).toBe("-1.2");
  expect(round("1.21", 1, "up")).toBe("1.3");
  expect(round("-1.21", 1, "up")).toBe("-1.3");
  expect(round("1.25", 1, "halfUp")).toBe("1.3");
  expect(round("1.24", 1, "halfUp")).toBe("1.2");
  expect(round("1.5", 0, "halfUp")).toBe("2");
  expect(round("1", 4)).toBe("1");
});

test("What a person typed is read or refused", () => {
  expect(decimal(" 007.50 ")).toBe("7.5");
  expect(decimal("-0.0")).toBe("0");
  for (const wrong of ["", "1e5", "1,5", ".5", "5.", "0x10", "NaN", "--1", "1".repeat(21)]) {
    expect(isDecimal(wrong), wrong).toBe(false);
    expect(() => decimal(wrong), wrong).toThrow(RangeError);
  }
});

test("Random sums agree with whole numbers", () => {
  const seed = Date.now() % 1_000_000;
  let state = seed;
  const next = () => (state = (state * 48_271) % 2_147_483_647);
  for (let i = 0; i < 2_000; i++) {
    const [a, b, scale] = [next() - 1_000_000_000, next() - 1_000_000_000, next() % 9];
    const text = (value: number) => decimalOf(BigInt(value), scale);
    expect(add(text(a), text(b)), `seed ${seed}`).toBe(decimalOf(BigInt(a) + BigInt(b), scale));
    expect(multiply(text(a), text(b)), `seed ${seed}`).toBe(decimalOf(BigInt(a) * BigInt(b), 2 * scale));
    expect(compare(text(a), text(b)), `seed ${seed}`).toBe(Math.sign(a - b));
  }
});

/** Spelled another way than by the code: by cutting a text. */
function decimalOf(units: bigint, scale: number): Decimal {
  const sign = units < 0n ? "-" : "";
  const digits = String(units).replace("-", "").padStart(scale + 1, "0");
  const text = `${digits.slice(0, digits.length - scale)}.${digits.slice(digits.length - scale)}`;
  return `${sign}${text.replace(/\.?0*$/, "")}` as Decimal;
}

import { type Bytes } from "./bytes.js";
import { agree, makeAgreementPair, makeSigningPair, pointOf, sign } from "./p256.js";
import { keyIdOf } from "./statement.js";

/** A device's key pairs. */
export interface Device {
  readonly signingKey: Bytes;
  readonly agreementKey: Bytes;
  readonly keyId: Bytes;
  sign(data: Bytes): Promise<Bytes>;
  /** The raw secret that this device shares with a public key. */
  agree(publicKey: Bytes): Promise<Bytes>;
}

/** A device as its store keeps it. */
export interface StoredDevice {
  readonly signing: CryptoKey;
  readonly agreement: CryptoKey;
  readonly signingKey: Bytes;
  readonly agreementKey: Bytes;
}

/** New keys, whose private parts never leave the browser's own keeping. */
export async function makeDevice(): Promise<StoredDevice> {
  const [signing, agreement] = await Promise.all([makeSigningPair(), makeAgreementPair()]);
  const [signingKey, agreementKey] = await Promise.all([pointOf(signing.publicKey), pointOf(agreement.publicKey)]);
  return { signing: signing.privateKey, agreement: agreement.privateKey, signingKey, agreementKey };
}

/** The device of these keys. */
export async function deviceOf(stored: StoredDevice): Promise<Device> {
  const { signing, agreement, signingKey, agreementKey } = stored;
  return {
    signingKey,
    agreementKey,
    keyId: await keyIdOf(signingKey, agreementKey),
    sign: (data) => sign(signing, data),
    agree: (publicKey) => agree(agreement, publicKey),
  };
}

import type { Uuid } from "../generated/types.js";

/** What is wrong with an encrypted room, a sealed item or a key log. */
export type EncryptionFault =
  /** An envelope is missing. */
  | "dropped"
  /** An envelope stands where it was not written. */
  | "reordered"
  /** An envelope was changed: it is not what its sender signed. */
  | "edited"
  /** An envelope was added that the room's chain does not hold, or that may not stand where it does. */
  | "invented"
  /** An envelope is signed by, or a key is for, a device that neither party has. */
  | "unknownKey"
  /** A key log is not what it was, or its signatures and links are wrong. */
  | "keyLogBroken"
  /** The room's key is not the one to which its parties committed. */
  | "wrongRoomKey"
  /** The room's key for this part of it is not there: it was made for other devices. */
  | "roomKeyMissing"
  /** The sender's device encrypted what nobody can open. */
  | "unreadable"
  /** A file is not the one that its sender signed, or not of the kind that it is said to be. */
  | "fileEdited"
  /** Two messages use one nonce. */
  | "nonceReused"
  /** The other party's keys are not those that the user verified: compare the safety number anew, then `markVerified`, or `trust` without. */
  | "peerKeysChanged"
  /** The server shows other keys than those that an invitation's link proves. */
  | "peerKeysForged"
  /** A sealed item's key was not brought to this device yet. */
  | "itemKeyMissing"
  /** This device has no keys, or they are revoked: `register` comes first. */
  | "noDevice";

/**
 * Something is wrong that encryption is there to find. Show it to the user and send nothing more into the room; it does not pass by trying again.
 */
export class EncryptionError extends Error {
  /** What is wrong. */
  readonly fault: EncryptionFault;

  /** In which order's room; null for a key log. */
  readonly orderId: Uuid | null;

  /** Where in the room's chain; null where that is not known. */
  readonly index: number | null;

  constructor(fault: EncryptionFault, message: string, orderId: Uuid | null = null, index: number | null = null) {
    super(message);
    this.name = "EncryptionError";
    [this.fault, this.orderId, this.index] = [fault, orderId, index];
  }
}

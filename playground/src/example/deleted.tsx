import { Isolated } from "../isolated-text.js";

/** Says of something saved that it is deleted, and takes it back. */
export const Deleted = ({ name, undo }: { name: string; undo(): void }) => (
  <p role="status">
    <Isolated text={name} /> is deleted.{" "}
    <button type="button" className="link-button" onClick={undo}>
      Undo
    </button>
  </p>
);

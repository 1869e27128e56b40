import { Component, type ReactNode } from "react";

interface Props {
  /** What is drawn: once it is another, drawing it is tried anew. */
  of: unknown;
  /** What stands there where it cannot be drawn. */
  instead: string;
  children: ReactNode;
}

/** A view of an answer that may fail by itself: what it cannot draw costs nobody the other views, nor the query in the editor. */
export class Shelter extends Component<Props, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true };
  }

  override componentDidUpdate({ of }: Props): void {
    if (this.state.failed && of !== this.props.of) this.setState({ failed: false });
  }

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children;
    return (
      <div className="answer-body empty" role="alert">
        <p>{this.props.instead}</p>
      </div>
    );
  }
}

package bpfbay.tui.state;

import bpfbay.model.ObjectId;

/** What the state wishes for, done by others. */
public sealed interface Effect {
    /** Into the clipboard of whoever looks at the terminal. */
    record Copy(String text) implements Effect {}

    /** What is shown into a file that does not exist yet. */
    record Export(String file, Format format) implements Effect {}

    /** What is written. */
    enum Format {
        TEXT,
        JSON,
        SVG,
        PNG
    }

    /** A program's instructions or a map's contents. */
    record Fetch(ObjectId object) implements Effect {}

    record Count(Sampling mode) implements Effect {}

    record PollNow() implements Effect {}

    /** Draw every cell again. */
    record Redraw() implements Effect {}

    /** Something of the engine, which takes its time elsewhere. */
    record Swap(SwapWish wish) implements Effect {}

    /** Another moment. */
    record Travel(Journey journey) implements Effect {}

    record Suspend() implements Effect {}

    record Quit() implements Effect {}
}

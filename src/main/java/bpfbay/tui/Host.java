package bpfbay.tui;

import bpfbay.model.ObjectId;
import bpfbay.tui.state.Journey;
import bpfbay.tui.state.Sampling;
import bpfbay.tui.state.SwapWish;

/**
 * What the screen asks of the program around it. No call waits; an answer comes later as an event.
 */
public interface Host {
    /** A program's instructions or a look into a map. */
    void fetch(ObjectId object);

    /** Whether runs are counted from now on. */
    void count(Sampling mode);

    /** Something of the engine. */
    void swap(SwapWish wish);

    /** The picture of another moment. */
    void travel(Journey journey);

    /** A picture as soon as possible. */
    void pollNow();
}

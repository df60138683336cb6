package bpfbay.cli;

import java.io.IOException;
import java.util.logging.LogManager;
import java.util.logging.Logger;

/**
 * What libraries log goes nowhere, where by default it would go across the screen. The launcher names it by
 * the property {@code java.util.logging.manager}.
 */
public final class Unlogged extends LogManager {
    /** Always fails: behind a configuration that was read Java looks for other loggers, in every jar. */
    @Override
    public void readConfiguration() throws IOException {
        throw new IOException("nothing is logged");
    }

    /** Takes every logger and keeps none: without a parent it has nowhere to write, and no start waits for the tree of them. */
    @Override
    public boolean addLogger(Logger logger) {
        return true;
    }
}

package bpfbay.planted.shim;

import bpfbay.planted.cli.Commands;

/** Breaks: shim does not see cli. */
public record SeesTheCommandLine(Commands commands) {}

package bpfbay.planted.probe;

import bpfbay.planted.cli.Commands;

/** Breaks: probe does not see cli. */
public record SeesTheCommandLine(Commands commands) {}

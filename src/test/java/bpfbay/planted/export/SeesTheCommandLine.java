package bpfbay.planted.export;

import bpfbay.planted.cli.Commands;

/** Breaks: export does not see cli. */
public record SeesTheCommandLine(Commands commands) {}

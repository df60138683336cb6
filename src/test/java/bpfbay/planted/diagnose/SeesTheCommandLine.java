package bpfbay.planted.diagnose;

import bpfbay.planted.cli.Commands;

/** Breaks: diagnose does not see cli. */
public record SeesTheCommandLine(Commands commands) {}

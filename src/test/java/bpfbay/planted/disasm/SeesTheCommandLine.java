package bpfbay.planted.disasm;

import bpfbay.planted.cli.Commands;

/** Breaks: disasm does not see cli. */
public record SeesTheCommandLine(Commands commands) {}

package bpfbay.planted.model;

import bpfbay.planted.cli.Commands;

/** Breaks: model does not see cli. */
public record SeesTheCommandLine(Commands commands) {}

package bpfbay.planted.cli;

import bpfbay.planted.kernel.SeesTheCommandLine;
import java.util.List;

/** Breaks: no cycles, together with the one that it sees. */
public record Commands(List<SeesTheCommandLine> users) {}

package bpfbay.planted.collect;

import com.sun.jna.Pointer;

/** Breaks: JNA only where the kernel and the terminal are called. */
record SeesJna(Pointer pointer) {}

package bpfbay.planted.collect;

import java.net.NetworkInterface;

/** Breaks: the JDK is not asked about network namespaces. */
record AsksTheJdk(NetworkInterface device) {}

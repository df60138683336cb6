package bpfbay.swap;

import static java.util.Objects.requireNonNull;

import bpfbay.model.Bytes;

/** A packet to run programs on, from its Ethernet header on. */
public record SamplePacket(String name, Bytes bytes) {
    public SamplePacket {
        requireNonNull(name, "name");
        requireNonNull(bytes, "bytes");
    }
}

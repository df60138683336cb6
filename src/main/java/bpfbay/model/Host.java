package bpfbay.model;

import static java.util.Objects.requireNonNull;

/**
 * The machine a snapshot was taken on.
 *
 * @param name the node name of uname(2)
 * @param kernel the release of uname(2), such as {@code 6.12.30+deb12-cloud-amd64}
 * @param libbpf the version of the loaded libbpf, such as {@code 1.1}
 * @param bootId /proc/sys/kernel/random/boot_id; ids of another boot name other objects
 */
public record Host(String name, String kernel, String libbpf, String bootId) {
    public Host {
        requireNonNull(name, "name");
        requireNonNull(kernel, "kernel");
        requireNonNull(libbpf, "libbpf");
        requireNonNull(bootId, "bootId");
    }
}

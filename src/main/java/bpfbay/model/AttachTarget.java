package bpfbay.model;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What a link attaches its program to. The shape of the kernel's answer makes the case, not the link's
 * type: {@code struct bpf_link_info}.
 */
public sealed interface AttachTarget {
    /** One line for people, such as {@code ifindex 4} or {@code tp sched/sched_switch}. */
    String label();

    /** The namespace where one is part of the target and an iterator told it. */
    default OptionalLong netns() {
        return OptionalLong.empty();
    }

    /** The same target as far as it is known without an iterator. */
    default AttachTarget withoutNetns() {
        return this;
    }

    /** Whether both may be one target; learning the namespace later makes no other one. */
    default boolean isSameAs(AttachTarget other) {
        boolean isKnownOfBoth = netns().isPresent() && other.netns().isPresent();
        return isKnownOfBoth ? equals(other) : withoutNetns().equals(other.withoutNetns());
    }

    /** Since 5.9. ifindex 0 means the device is gone or the link was detached; netns only where an iterator tells it. */
    record Netdev(OptionalLong netns, int ifindex) implements AttachTarget {
        @Override
        public String label() {
            return ifindex == 0 ? "detached" : "ifindex " + Integer.toUnsignedString(ifindex);
        }

        @Override
        public AttachTarget withoutNetns() {
            return new Netdev(OptionalLong.empty(), ifindex);
        }
    }

    /** The id is the inode of the cgroup's directory; 0 means the cgroup is gone or the link was detached. */
    record Cgroup(long id) implements AttachTarget {
        @Override
        public String label() {
            return id == 0 ? "detached" : "cgroup id " + Long.toUnsignedString(id);
        }
    }

    /** {@code netns_ino}; 0 means the namespace is gone. */
    record Netns(long inode) implements AttachTarget {
        @Override
        public String label() {
            return inode == 0 ? "detached" : "netns " + Long.toUnsignedString(inode);
        }
    }

    /** A kprobe or a multi-kprobe; {@code name} is the first function and offset, {@code count} how many. */
    record KernelFunction(String name, int count) implements AttachTarget {
        @Override
        public String label() {
            return count > 1 ? name + " and " + (count - 1) + " more" : name;
        }
    }

    /** A uprobe; {@code file} is the binary's path, {@code count} how many places. */
    record UserFunction(String file, long offset, int count) implements AttachTarget {
        @Override
        public String label() {
            return file + "+0x" + Long.toHexString(offset) + (count > 1 ? " and " + (count - 1) + " more" : "");
        }
    }

    /** A tracepoint or raw tracepoint. */
    record Tracepoint(String name) implements AttachTarget {
        @Override
        public String label() {
            return "tp " + name;
        }
    }

    /** {@code perf_event.event}: type and configuration, u32 and u64. */
    record PerfEvent(int type, long config) implements AttachTarget {
        @Override
        public String label() {
            return "perf " + Integer.toUnsignedString(type) + ":0x" + Long.toHexString(config);
        }
    }

    /** A bpf iterator and what it walks, such as {@code task_file}. */
    record Iterator(String name) implements AttachTarget {
        @Override
        public String label() {
            return "iter " + name;
        }
    }

    /** The map that holds the operations. */
    record StructOps(int mapId) implements AttachTarget {
        @Override
        public String label() {
            return "struct_ops map " + Integer.toUnsignedString(mapId);
        }
    }

    /** Since 6.4. Family is NFPROTO_*, hook NF_INET_*; netns only where an iterator tells it. */
    record Netfilter(OptionalLong netns, int family, int hook, int priority) implements AttachTarget {
        @Override
        public String label() {
            return "netfilter " + familyLabel() + " " + hookLabel() + " prio " + priority;
        }

        @Override
        public AttachTarget withoutNetns() {
            return new Netfilter(OptionalLong.empty(), family, hook, priority);
        }

        public String familyLabel() {
            return switch (family) {
                case 2 -> "ipv4";
                case 3 -> "arp";
                case 5 -> "netdev";
                case 7 -> "bridge";
                case 10 -> "ipv6";
                default -> Integer.toUnsignedString(family);
            };
        }

        public String hookLabel() {
            return switch (hook) {
                case 0 -> "prerouting";
                case 1 -> "input";
                case 2 -> "forward";
                case 3 -> "output";
                case 4 -> "postrouting";
                default -> Integer.toUnsignedString(hook);
            };
        }
    }

    /**
     * Another program's function: freplace, or fentry and fexit of a BPF program. The function's name is
     * that of {@code btfId} in the target's BTF, where it could be read.
     */
    record Prog(int progId, int btfId, Optional<String> function) implements AttachTarget {
        @Override
        public String label() {
            return "prog " + Integer.toUnsignedString(progId) + " "
                    + function.orElse("btf id " + Integer.toUnsignedString(btfId));
        }
    }

    /** A function of the kernel by BTF: fentry, fexit, LSM. The BTF object, type id and name where it was read. */
    record KernelBtf(int btfObjectId, int typeId, Optional<String> function) implements AttachTarget {
        @Override
        public String label() {
            return function.orElse("kernel btf id " + Integer.toUnsignedString(typeId));
        }
    }

    /** A sockmap link (since 6.10). */
    record Sockmap(int mapId) implements AttachTarget {
        @Override
        public String label() {
            return "map " + Integer.toUnsignedString(mapId);
        }
    }

    /** A shape this version cannot read. */
    record Unknown(OptionalInt type) implements AttachTarget {
        @Override
        public String label() {
            return "unknown";
        }
    }
}

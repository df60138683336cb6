package bpfbay.model;

import java.util.Optional;
import java.util.OptionalLong;

/*
 * The most frequent ones are compared for every attachment, and the generated ways to do so are linked at
 * run time and slow until compiled.
 */
/** The hook an attachment stands on. Equal places are one hook, in which attachments run in order. */
public sealed interface Place {
    /** The contract's word for the kind of hook. */
    String hook();

    /** One hook a device; native and generic cannot both hold it, a device's own processor is another. */
    record Xdp(Device device, XdpMode mode) implements Place {
        @Override
        public String hook() {
            return "xdp";
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Xdp that && that.mode == mode && that.device.equals(device);
        }

        @Override
        public int hashCode() {
            return 31 * device.hashCode() + mode.label().hashCode();
        }
    }

    /** The filters of one direction, or of one classful qdisc. */
    record Tc(Device device, TcParent parent) implements Place {
        @Override
        public String hook() {
            return "tc";
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Tc that && that.parent.handle() == parent.handle() && that.device.equals(device);
        }

        @Override
        public int hashCode() {
            return 31 * device.hashCode() + parent.handle();
        }
    }

    /** The filters of a shared block that stands on no device, or is meant as a block. */
    record TcBlock(long netns, int block, TcParent parent) implements Place {
        @Override
        public String hook() {
            return "tc";
        }
    }

    /** Since 6.6. */
    record Tcx(Device device, Direction direction) implements Place {
        @Override
        public String hook() {
            return "tcx";
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Tcx that && that.direction == direction && that.device.equals(device);
        }

        @Override
        public int hashCode() {
            return 31 * device.hashCode() + direction.label().hashCode();
        }
    }

    /** Since 6.7; attachType is netkit_primary or netkit_peer, the device the primary one. */
    record Netkit(Device device, AttachType attachType) implements Place {
        @Override
        public String hook() {
            return "netkit";
        }
    }

    /** A cgroup of the unified hierarchy; the path starts with a slash, the id is its inode. */
    record Cgroup(String path, long id, AttachType attachType) implements Place {
        @Override
        public String hook() {
            return "cgroup";
        }
    }

    /** flow_dissector or sk_lookup of one namespace. */
    record NetnsHook(long netns, AttachType attachType) implements Place {
        @Override
        public String hook() {
            return "netns";
        }
    }

    /** Since 6.4; the namespace is known only where an iterator tells it. */
    record NetfilterHook(OptionalLong netns, AttachTarget.Netfilter target) implements Place {
        @Override
        public String hook() {
            return "netfilter";
        }
    }

    /**
     * A function of a loaded program, replaced by freplace: a dispatcher's slot. The device is the one on
     * whose XDP hook the target stands, absent where it stands on none.
     */
    record Freplace(Optional<Device> device, int targetProgId, int targetBtfId, Optional<String> function)
            implements Place {
        @Override
        public String hook() {
            return "freplace";
        }
    }

    /** Tracing and the other link types: listed with what they attach to. */
    record Other(LinkType type, AttachTarget target) implements Place {
        /* a record's own would have to learn each kind of target first, in the way of the first picture */
        @Override
        public int hashCode() {
            return 31 * type.value() + target.label().hashCode();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Other that && that.type.equals(type) && that.target.equals(target);
        }

        @Override
        public String hook() {
            return type.label();
        }
    }
}

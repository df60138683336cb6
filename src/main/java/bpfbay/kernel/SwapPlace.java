package bpfbay.kernel;

import static java.util.Objects.requireNonNull;

import bpfbay.model.AttachType;
import bpfbay.model.TcParent;
import bpfbay.model.XdpMode;
import java.util.OptionalInt;

/** Where exactly a program is replaced, and by which call: all that the call needs, and nothing that drifts. */
public sealed interface SwapPlace {
    Primitive primitive();

    <R> R match(Cases<R> cases);

    /** One answer for each case. */
    interface Cases<R> {
        R link(OfLink link);

        R xdp(Xdp xdp);

        R chain(Chain chain);

        R cgroup(Cgroup cgroup);

        R filter(Filter filter);
    }

    /** A link of whatever kind; it follows its device through renames and namespaces. */
    record OfLink(Primitive primitive, int linkId) implements SwapPlace {
        public OfLink {
            requireNonNull(primitive, "primitive");
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.link(this);
        }
    }

    /** The program that netlink put on a device; the mode is the one it stands in. */
    record Xdp(Namespace namespace, int ifindex, XdpMode mode) implements SwapPlace {
        public Xdp {
            requireNonNull(namespace, "namespace");
            requireNonNull(mode, "mode");
        }

        @Override
        public Primitive primitive() {
            return Primitive.XDP_NETLINK;
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.xdp(this);
        }
    }

    /** A program without a link in the chain of a device, tcx or netkit; it is named by itself. */
    record Chain(Primitive primitive, Namespace namespace, int ifindex, AttachType attachType) implements SwapPlace {
        public Chain {
            requireNonNull(primitive, "primitive");
            requireNonNull(namespace, "namespace");
            requireNonNull(attachType, "attachType");
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.chain(this);
        }
    }

    /**
     * A program without a link in the BPF_F_ALLOW_MULTI list of a cgroup.
     *
     * @param path as this process can open it; the id says whether it is still the same
     */
    record Cgroup(String path, long id, AttachType attachType) implements SwapPlace {
        public Cgroup {
            requireNonNull(path, "path");
            requireNonNull(attachType, "attachType");
        }

        @Override
        public Primitive primitive() {
            return Primitive.CGROUP_PROGRAM;
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.cgroup(this);
        }
    }

    /**
     * A cls_bpf filter. One of a shared block is reached through the block.
     *
     * @param ifindex 0 where a block is meant
     * @param protocol ETH_P_* in host order; 3 is all
     */
    record Filter(
            Namespace namespace,
            int ifindex,
            OptionalInt block,
            TcParent parent,
            int chain,
            int priority,
            int protocol,
            int handle)
            implements SwapPlace {
        public Filter {
            requireNonNull(namespace, "namespace");
            requireNonNull(block, "block");
            requireNonNull(parent, "parent");
        }

        @Override
        public Primitive primitive() {
            return Primitive.FILTER;
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.filter(this);
        }
    }

    /** A network namespace by a file that names it; the inode says whether it still does. */
    record Namespace(String path, long inode) {
        public Namespace {
            requireNonNull(path, "path");
        }
    }
}

package bpfbay.model;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * Names one attachment in one line, the same on the screen, in JSON and as an argument. A position or
 * slot drifts as neighbours come and go; a link's id and a filter's key stay.
 */
public sealed interface Ref {
    /** The one line; names are exact, whatever bytes they hold. */
    String text();

    /** The reference that a line states; throws {@link RefSyntaxException}. */
    static Ref parse(String text) {
        return new RefParser(text).parse();
    }

    /** Any link, whatever it is attached to. */
    record OfLink(int id) implements Ref {
        @Override
        public String text() {
            return "link:" + Integer.toUnsignedString(id);
        }
    }

    /**
     * A place on the network.
     *
     * @param netns label of the namespace, by name or inode; absent for the one that bpfbay runs in
     */
    record At(Optional<String> netns, Spot spot) implements Ref {
        public At {
            requireNonNull(netns, "netns");
            requireNonNull(spot, "spot");
        }

        @Override
        public String text() {
            return netns.isPresent() ? "netns:" + netns.get() + "/" + spot.text() : spot.text();
        }
    }

    /** The path starts with a slash; the attach type's word is without {@code cgroup_}. */
    record OfCgroup(String path, String attachType, int position) implements Ref {
        public OfCgroup {
            requireNonNull(path, "path");
            requireNonNull(attachType, "attachType");
        }

        @Override
        public String text() {
            return "cgroup:" + (path.equals("/") ? "" : path) + "/" + attachType + "/" + position;
        }
    }

    /** Where in a network namespace. */
    sealed interface Spot {
        String text();

        /** The native or generic program of a device. */
        record Xdp(String device) implements Spot {
            @Override
            public String text() {
                return device + "/xdp";
            }
        }

        /** The program on a device's own processor. */
        record Offloaded(String device) implements Spot {
            @Override
            public String text() {
                return device + "/xdp/offloaded";
            }
        }

        /** A component of a dispatcher. */
        record Slot(String device, int slot) implements Spot {
            @Override
            public String text() {
                return device + "/xdp/slot:" + slot;
            }
        }

        record Tcx(String device, Direction direction, int position) implements Spot {
            @Override
            public String text() {
                return device + "/tcx/" + direction.label() + "/" + position;
            }
        }

        /** The side is {@code primary} or {@code peer}. */
        record Netkit(String device, String side, int position) implements Spot {
            @Override
            public String text() {
                return device + "/netkit/" + side + "/" + position;
            }
        }

        /** One filter; the key is all that names it, however many stand before it. */
        record Filter(FilterBase base, TcParent parent, int priority, int handle, int chain, String protocol)
                implements Spot {
            @Override
            public String text() {
                String where = parent.direction().map(Direction::label).orElseGet(() -> "parent:" + parent.label());
                return base.text() + "/tc/" + where + "/" + priority + ":0x" + Integer.toHexString(handle)
                        + (chain == 0 ? "" : "/chain:" + Integer.toUnsignedString(chain))
                        + (protocol.equals("all") ? "" : "/proto:" + protocol);
            }
        }

        /** {@code flow_dissector} or {@code sk_lookup}. */
        record NetnsHook(String attachType, int position) implements Spot {
            @Override
            public String text() {
                return "netns/" + attachType + "/" + position;
            }
        }

        record Netfilter(String family, String hook, int priority, int position) implements Spot {
            @Override
            public String text() {
                return "netfilter/" + family + "/" + hook + "/" + priority + "/" + position;
            }
        }
    }

    /** What a filter hangs on: a device by name, or a shared block by index. Exactly one is there. */
    record FilterBase(Optional<String> device, OptionalInt block) {
        public static FilterBase device(String name) {
            return new FilterBase(Optional.of(name), OptionalInt.empty());
        }

        public static FilterBase block(int index) {
            return new FilterBase(Optional.empty(), OptionalInt.of(index));
        }

        String text() {
            return device.isPresent() ? device.get() : "block:" + Integer.toUnsignedString(block.orElseThrow());
        }
    }
}

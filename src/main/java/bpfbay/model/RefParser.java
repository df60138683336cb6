package bpfbay.model;

import java.util.List;
import java.util.Optional;

/** Reads the grammar of refs. Names are taken as they are; only what has a fixed form is checked. */
final class RefParser {
    private static final List<String> HOOKS = List.of("xdp", "tcx", "netkit", "tc");
    private static final List<String> PROTOCOLS = List.of("all", "ip", "ipv6", "arp");

    private final String text;

    RefParser(String text) {
        this.text = text;
    }

    Ref parse() {
        if (text.isEmpty()) {
            throw new RefSyntaxException("a ref is empty");
        } else if (text.startsWith("link:")) {
            return new Ref.OfLink(u32(text.substring(5), "link id"));
        } else if (text.startsWith("cgroup:")) {
            return cgroup(text.substring(7));
        } else if (text.startsWith("netns:")) {
            int slash = text.indexOf('/');
            if (slash < 0) {
                throw bad("a place must follow the namespace, such as " + text + "/eth0/xdp");
            }
            return new Ref.At(Optional.of(text.substring(6, slash)), spot(text.substring(slash + 1)));
        }
        return new Ref.At(Optional.empty(), spot(text));
    }

    private Ref cgroup(String rest) {
        int last = rest.lastIndexOf('/');
        int before = last < 1 ? -1 : rest.lastIndexOf('/', last - 1);
        if (before < 0 || !rest.startsWith("/")) {
            throw bad("a cgroup ref is cgroup:/PATH/ATTACHTYPE/POSITION");
        }
        String word = rest.substring(before + 1, last);
        if (!isCgroupWord(word)) {
            throw bad("unknown attach type '" + word + "'" + meant(word, cgroupWords()));
        }
        return new Ref.OfCgroup(
                before == 0 ? "/" : rest.substring(0, before), word, position(rest.substring(last + 1)));
    }

    private Ref.Spot spot(String rest) {
        List<String> parts = List.of(rest.split("/", -1));
        if (parts.size() < 2) {
            throw bad("a hook must follow the interface, such as " + rest + "/xdp");
        }
        String device = parts.get(0);
        if (device.isEmpty()) {
            throw bad("no interface is named");
        }
        return switch (parts.get(1)) {
            case "xdp" -> xdp(device, parts);
            case "tcx" -> tcx(device, parts);
            case "netkit" -> netkit(device, parts);
            case "tc" -> filter(device, parts);
            default -> other(device, parts);
        };
    }

    private Ref.Spot xdp(String device, List<String> parts) {
        if (parts.size() == 2) {
            return new Ref.Spot.Xdp(device);
        } else if (parts.size() == 3 && parts.get(2).equals("offloaded")) {
            return new Ref.Spot.Offloaded(device);
        } else if (parts.size() == 3 && parts.get(2).startsWith("slot:")) {
            return new Ref.Spot.Slot(device, u31(parts.get(2).substring(5), "slot"));
        }
        throw bad("after xdp comes nothing, /offloaded or /slot:N");
    }

    private Ref.Spot tcx(String device, List<String> parts) {
        if (parts.size() != 4) {
            throw bad("a tcx ref is IFACE/tcx/ingress|egress/POSITION");
        }
        return new Ref.Spot.Tcx(device, direction(parts.get(2)), position(parts.get(3)));
    }

    private Ref.Spot netkit(String device, List<String> parts) {
        if (parts.size() != 4) {
            throw bad("a netkit ref is IFACE/netkit/primary|peer/POSITION");
        }
        String side = parts.get(2);
        if (!side.equals("primary") && !side.equals("peer")) {
            throw bad("unknown netkit side '" + side + "'" + meant(side, List.of("primary", "peer")));
        }
        return new Ref.Spot.Netkit(device, side, position(parts.get(3)));
    }

    private Ref.Spot filter(String device, List<String> parts) {
        if (parts.size() < 4 || parts.size() > 6) {
            throw bad("a tc ref is IFACE/tc/ingress|egress/PRIO:0xHANDLE");
        }
        Ref.FilterBase base = device.startsWith("block:")
                ? Ref.FilterBase.block(u32(device.substring(6), "block index"))
                : Ref.FilterBase.device(device);
        String key = parts.get(3);
        int colon = key.indexOf(":0x");
        if (colon < 0) {
            throw bad("'" + key + "' is no PRIO:0xHANDLE");
        }
        int chain = 0;
        String protocol = "all";
        for (String option : parts.subList(4, parts.size())) {
            if (option.startsWith("chain:")) {
                chain = u32(option.substring(6), "chain");
            } else if (option.startsWith("proto:")) {
                protocol = protocol(option.substring(6));
            } else {
                throw bad("after PRIO:0xHANDLE comes /chain:N or /proto:WORD, not '" + option + "'");
            }
        }
        return new Ref.Spot.Filter(
                base,
                parent(parts.get(2)),
                u31(key.substring(0, colon), "priority"),
                hex(key.substring(colon + 3), 0xffff_ffffL, "handle"),
                chain,
                protocol);
    }

    private Ref.Spot other(String first, List<String> parts) {
        String second = parts.get(1);
        if (first.equals("netns") && (second.equals("flow_dissector") || second.equals("sk_lookup"))) {
            if (parts.size() != 3) {
                throw bad("a position must follow " + second);
            }
            return new Ref.Spot.NetnsHook(second, position(parts.get(2)));
        } else if (first.equals("netfilter")) {
            if (parts.size() != 5) {
                throw bad("a netfilter ref is netfilter/FAMILY/HOOK/PRIO/POSITION");
            }
            return new Ref.Spot.Netfilter(second, parts.get(2), signed(parts.get(3)), position(parts.get(4)));
        }
        throw bad("unknown hook '" + second + "'" + meant(second, HOOKS));
    }

    private TcParent parent(String word) {
        if (!word.startsWith("parent:")) {
            return direction(word) == Direction.INGRESS ? TcParent.INGRESS : TcParent.EGRESS;
        }
        String[] halves = word.substring(7).split(":", -1);
        if (halves.length != 2) {
            throw bad("'" + word + "' is no parent:MAJOR:MINOR");
        }
        return new TcParent(
                hex(halves[0], 0xffff, "parent") << 16 | (halves[1].isEmpty() ? 0 : hex(halves[1], 0xffff, "parent")));
    }

    private Direction direction(String word) {
        return switch (word) {
            case "ingress" -> Direction.INGRESS;
            case "egress" -> Direction.EGRESS;
            default -> throw bad("unknown direction '" + word + "'" + meant(word, List.of("ingress", "egress")));
        };
    }

    private String protocol(String word) {
        if (PROTOCOLS.contains(word)) {
            return word;
        } else if (word.startsWith("0x")) {
            return TcFilter.protocolLabel(hex(word.substring(2), 0xffff, "protocol"));
        }
        throw bad("unknown protocol '" + word + "'" + meant(word, PROTOCOLS));
    }

    private int position(String digits) {
        int position = u31(digits, "position");
        if (position == 0) {
            throw bad("positions count from 1");
        }
        return position;
    }

    private int u32(String digits, String what) {
        try {
            return digits.startsWith("+") ? fail(digits, what) : Integer.parseUnsignedInt(digits);
        } catch (NumberFormatException e) {
            return fail(digits, what);
        }
    }

    private int u31(String digits, String what) {
        int value = u32(digits, what);
        return value < 0 ? fail(digits, what) : value;
    }

    private int signed(String digits) {
        try {
            return Integer.parseInt(digits);
        } catch (NumberFormatException e) {
            return fail(digits, "priority");
        }
    }

    private int hex(String digits, long atMost, String what) {
        try {
            long value = digits.startsWith("-") || digits.startsWith("+") ? -1 : Long.parseLong(digits, 16);
            return value < 0 || value > atMost ? fail("0x" + digits, what) : (int) value;
        } catch (NumberFormatException e) {
            return fail("0x" + digits, what);
        }
    }

    private int fail(String digits, String what) {
        throw bad("'" + digits + "' is no " + what);
    }

    private RefSyntaxException bad(String why) {
        return new RefSyntaxException("bad ref '" + text + "': " + why);
    }

    private static String meant(String word, List<String> words) {
        return Nearest.to(word, words)
                .map(near -> ": did you mean '" + near + "'?")
                .orElse("");
    }

    private static boolean isCgroupWord(String word) {
        return cgroupWords().contains(word) || word.matches("attach_type_[0-9]+");
    }

    private static List<String> cgroupWords() {
        return AttachType.words().stream()
                .filter(word -> word.startsWith("cgroup_") || word.equals("lsm_cgroup"))
                .map(word -> word.startsWith("cgroup_") ? word.substring(7) : word)
                .toList();
    }
}

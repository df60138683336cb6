package bpfbay.export;

import bpfbay.model.AttachTarget;
import bpfbay.model.Attachment;
import bpfbay.model.Direction;
import bpfbay.model.Place;
import bpfbay.model.TcFilter;
import bpfbay.model.TcParent;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * A place in the words of the contract.
 *
 * @param scope what it belongs to, for a table's first column: interface, block, cgroup or target
 * @param netns inode of the namespace
 * @param attachType libbpf's word, where the hook has more than one
 * @param direction {@code ingress} or {@code egress}
 * @param parent of a filter on another qdisc than clsact and ingress
 */
public record PlaceWords(
        String scope,
        OptionalLong netns,
        OptionalInt ifindex,
        Optional<String> device,
        Optional<String> cgroup,
        Optional<String> direction,
        Optional<String> attachType,
        Optional<String> parent,
        Optional<String> mode,
        Optional<String> target) {

    public static PlaceWords of(Place place) {
        Draft draft = new Draft();
        if (place instanceof Place.Xdp p) {
            draft.device(p.device().netns(), p.device().ifindex(), p.device().name());
            draft.mode = Optional.of(p.mode().label());
        } else if (place instanceof Place.Tc p) {
            draft.device(p.device().netns(), p.device().ifindex(), p.device().name());
            draft.parent(p.parent());
        } else if (place instanceof Place.TcBlock p) {
            draft.netns = OptionalLong.of(p.netns());
            draft.scope = "block:" + Words.u32(p.block());
            draft.parent(p.parent());
        } else if (place instanceof Place.Tcx p) {
            draft.device(p.device().netns(), p.device().ifindex(), p.device().name());
            draft.direction = Optional.of(p.direction().label());
        } else if (place instanceof Place.Netkit p) {
            draft.device(p.device().netns(), p.device().ifindex(), p.device().name());
            draft.attachType = Optional.of(p.attachType().label());
        } else if (place instanceof Place.Cgroup p) {
            draft.scope = p.path();
            draft.cgroup = Optional.of(p.path());
            draft.attachType = Optional.of(p.attachType().label());
        } else if (place instanceof Place.NetnsHook p) {
            draft.scope = "netns";
            draft.netns = OptionalLong.of(p.netns());
            draft.attachType = Optional.of(p.attachType().label());
        } else if (place instanceof Place.NetfilterHook p) {
            draft.scope = "netfilter";
            draft.netns = p.netns();
            draft.attachType = Optional.of("netfilter");
            draft.target(p.target());
        } else if (place instanceof Place.Freplace p) {
            p.device().ifPresent(d -> draft.device(d.netns(), d.ifindex(), d.name()));
            draft.target(new AttachTarget.Prog(p.targetProgId(), p.targetBtfId(), p.function()));
        } else if (place instanceof Place.Other p) {
            draft.target(p.target());
        }
        return draft.words();
    }

    /** The hook and where in it, short, as in a table: {@code tc in 1:0x1}. */
    public static String hook(Attachment attachment) {
        PlaceWords words = of(attachment.place());
        StringBuilder out = new StringBuilder(attachment.place().hook());
        words.mode().ifPresent(mode -> out.append(' ').append(mode));
        words.direction().ifPresent(d -> out.append(d.equals(Direction.INGRESS.label()) ? " in" : " out"));
        words.parent().ifPresent(parent -> out.append(" parent ").append(parent));
        words.attachType()
                .filter(type -> !type.equals(attachment.place().hook()))
                .ifPresent(type -> out.append(' ').append(withoutHook(type)));
        attachment.slot().ifPresent(slot -> out.append(" slot ").append(slot));
        Optional<TcFilter> filter = attachment.filter();
        if (filter.isPresent()) {
            TcFilter f = filter.get();
            out.append(' ').append(f.priority()).append(":0x").append(Integer.toHexString(f.handle()));
            if (f.chain() != 0) {
                out.append(" chain ").append(Words.u32(f.chain()));
            }
            if (!f.protocolLabel().equals("all")) {
                out.append(' ').append(f.protocolLabel());
            }
        } else if (isChain(attachment.place())) {
            out.append(' ').append(attachment.position());
        }
        return out.toString();
    }

    private static boolean isChain(Place place) {
        return place instanceof Place.Tcx
                || place instanceof Place.Netkit
                || place instanceof Place.Cgroup
                || place instanceof Place.NetnsHook;
    }

    private static String withoutHook(String attachType) {
        int underscore = attachType.startsWith("cgroup_") || attachType.startsWith("netkit_") ? 7 : 0;
        return attachType.substring(underscore);
    }

    private static final class Draft {
        String scope = "—";
        OptionalLong netns = OptionalLong.empty();
        OptionalInt ifindex = OptionalInt.empty();
        Optional<String> device = Optional.empty();
        Optional<String> cgroup = Optional.empty();
        Optional<String> direction = Optional.empty();
        Optional<String> attachType = Optional.empty();
        Optional<String> parent = Optional.empty();
        Optional<String> mode = Optional.empty();
        Optional<String> target = Optional.empty();

        void device(long inNetns, int index, String name) {
            scope = name;
            netns = OptionalLong.of(inNetns);
            ifindex = OptionalInt.of(index);
            device = Optional.of(name);
        }

        void parent(TcParent handle) {
            direction = handle.direction().map(Direction::label);
            parent = direction.isPresent() ? Optional.empty() : Optional.of(handle.label());
        }

        void target(AttachTarget attachTarget) {
            target = Optional.of(attachTarget.label());
            scope = device.orElse(attachTarget.label());
        }

        PlaceWords words() {
            return new PlaceWords(scope, netns, ifindex, device, cgroup, direction, attachType, parent, mode, target);
        }
    }
}

package bpfbay.diagnose;

import bpfbay.history.Sharing;
import bpfbay.model.Attachment;
import bpfbay.model.Device;
import bpfbay.model.Place;
import bpfbay.model.TcParent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The way of a packet through one device in one direction, past tcx and then tc, or through a netkit's or a
 * shared block's programs.
 *
 * @param number of the device, or of the block
 * @param side {@code tcm_parent}, which tcx and tc have in common, or a netkit's attach type
 */
record Way(long netns, int number, Kind kind, int side) {
    /** What it leads through. */
    enum Kind {
        DEVICE,
        NETKIT,
        BLOCK
    }

    /** Chains of more than one attachment, each in running order. */
    static List<List<Attachment>> several(List<Attachment> attachments) {
        Map<Way, List<Attachment>> ways = new LinkedHashMap<>();
        for (Attachment attachment : attachments) {
            Optional<Way> way = of(attachment.place());
            if (way.isPresent()) {
                ways.computeIfAbsent(way.get(), w -> new ArrayList<>(2)).add(attachment);
            }
        }
        List<List<Attachment>> several = new ArrayList<>();
        for (List<Attachment> way : ways.values()) {
            if (way.size() > 1) {
                several.add(way);
            }
        }
        return several;
    }

    /** The same, with those of an earlier picture that are still as they were. */
    static List<List<Attachment>> several(List<Attachment> attachments, List<List<Attachment>> before) {
        return Sharing.list(before, several(attachments));
    }

    static boolean isOfDevice(Place place) {
        return place instanceof Place.Tcx
                || (place instanceof Place.Tc tc && tc.parent().direction().isPresent());
    }

    /** Absent for hooks that have one program, and for classful qdiscs, which a packet need not enter. */
    static Optional<Way> of(Place place) {
        if (place instanceof Place.Tcx p) {
            TcParent parent =
                    switch (p.direction()) {
                        case INGRESS -> TcParent.INGRESS;
                        case EGRESS -> TcParent.EGRESS;
                    };
            return Optional.of(of(p.device(), Kind.DEVICE, parent.handle()));
        } else if (place instanceof Place.Tc p) {
            return p.parent().direction().isPresent()
                    ? Optional.of(of(p.device(), Kind.DEVICE, p.parent().handle()))
                    : Optional.empty();
        } else if (place instanceof Place.Netkit p) {
            return Optional.of(of(p.device(), Kind.NETKIT, p.attachType().value()));
        } else if (place instanceof Place.TcBlock p) {
            return Optional.of(
                    new Way(p.netns(), p.block(), Kind.BLOCK, p.parent().handle()));
        }
        return Optional.empty();
    }

    private static Way of(Device device, Kind kind, int side) {
        return new Way(device.netns(), device.ifindex(), kind, side);
    }

    /* A key for every attachment: the generated ones are linked at run time and slow until compiled. */

    @Override
    public boolean equals(Object other) {
        return other instanceof Way that
                && that.netns == netns
                && that.number == number
                && that.kind == kind
                && that.side == side;
    }

    @Override
    public int hashCode() {
        return 31 * (31 * Long.hashCode(netns) + number) + side;
    }
}

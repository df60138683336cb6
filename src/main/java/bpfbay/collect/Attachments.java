package bpfbay.collect;

import bpfbay.model.Attachment;
import bpfbay.model.NetNamespace;
import bpfbay.model.Place;
import bpfbay.model.Reading;
import bpfbay.model.RefPrinter;
import bpfbay.model.TcFilter;
import bpfbay.model.Via;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Makes attachments, each with its ref. */
final class Attachments {
    /** Of a place that is no chain of programs. */
    static final Reading<Long> NO_REVISION = new Reading.Unsupported<>("a chain");

    private final RefPrinter refs;

    Attachments(List<NetNamespace> namespaces) {
        this.refs = new RefPrinter(namespaces);
    }

    /** One of a hook that has no chain, flags or filter. */
    Attachment plain(Place place, int position, Via via, int progId, OptionalInt linkId) {
        return make(
                place,
                position,
                via,
                OptionalInt.of(progId),
                linkId,
                NO_REVISION,
                Optional.empty(),
                OptionalInt.empty(),
                OptionalInt.empty());
    }

    Attachment make(
            Place place,
            int position,
            Via via,
            OptionalInt progId,
            OptionalInt linkId,
            Reading<Long> revision,
            Optional<TcFilter> filter,
            OptionalInt attachFlags,
            OptionalInt slot) {
        String ref = refs.print(place, position, linkId, filter, slot);
        return new Attachment(ref, place, position, via, progId, linkId, revision, filter, attachFlags, slot);
    }
}

package bpfbay.kernel.libbpf;

import bpfbay.kernel.Guardians.Member;
import bpfbay.kernel.Guardians.Orders;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Says to a guard what it is to do: the messages of {@code native/guard_orders.c}. */
final class GuardOrders {
    private final GuardTalk talk;
    private final Duration patience;

    GuardOrders(GuardTalk talk, Duration patience) {
        this.talk = talk;
        this.patience = patience;
    }

    void give(Orders orders) {
        talk.tell(patience, head(orders), List.of());
        for (Member member : orders.members()) {
            give(member);
        }
        talk.tell(patience, List.of("go"), List.of());
    }

    /* it works in the root directory */
    private static List<String> head(Orders orders) {
        List<String> words = new ArrayList<>(List.of("swap", orders.swap()));
        words.addAll(List.of("control", orders.control().toAbsolutePath().toString()));
        words.addAll(List.of("user", System.getProperty("user.name", "")));
        orders.journals()
                .forEach(journal ->
                        words.addAll(List.of("journal", journal.toAbsolutePath().toString())));
        orders.probe()
                .ifPresent(probe -> words.addAll(List.of(
                        "probe",
                        probe.command().toAbsolutePath().toString(),
                        Long.toString(probe.limit().toMillis()))));
        orders.pins()
                .ifPresent(pins ->
                        words.addAll(List.of("pins", pins.toAbsolutePath().toString())));
        return words;
    }

    private void give(Member member) {
        try (PlaceBytes place = PlaceBytes.of(member.place())) {
            talk.tell(
                    patience,
                    List.of(
                            "member",
                            member.ref(),
                            member.place().primitive().label(),
                            Integer.toUnsignedString(member.from()),
                            Integer.toUnsignedString(member.to()),
                            place.hex()),
                    place.descriptors());
        }
        for (String pin : member.carried()) {
            talk.tell(patience, List.of("carry", pin), List.of());
        }
    }
}

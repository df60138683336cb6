package bpfbay.kernel.libbpf;

import bpfbay.kernel.Guardians.Guardian;
import bpfbay.kernel.Guardians.Orders;
import bpfbay.kernel.Primitive;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A process that swaps under guard as bpfbay does, and then ends, or waits to be killed. */
final class GuardStarter {
    private GuardStarter() {}

    /** Says the pid of the guard, and whether the swap could be seen to be done. */
    public static void main(String[] arguments) throws IOException {
        Path control = Path.of(arguments[0]);
        GuardGround ground = new GuardGround(LibbpfSwapper.open());
        Files.delete(ground.folder);
        GuardGround.Ready place = ground.ready(Primitive.XDP_NETLINK);
        Orders orders = new Orders(
                "starter",
                control,
                List.of(control.resolveSibling("journal.jsonl")),
                List.of(place.member()),
                List.of(),
                Optional.empty());
        Guardian guard = ground.swapped(orders, GuardGround.LONG, place);
        try (OutputStream out = new FileOutputStream(FileDescriptor.out)) {
            out.write((guard.pid() + " " + ground.standing(place) + "\n").getBytes(StandardCharsets.UTF_8));
        }
        if (arguments[1].equals("stay") && System.in.read() >= 0) {
            throw new IllegalStateException("nobody should write here");
        }
    }
}

package bpfbay.kernel.libbpf;

import bpfbay.model.NetNamespace;
import java.util.List;

/** Prints what can be told of SSH through a device by the privileges it is started with. */
final class SurveyProgram {
    private SurveyProgram() {}

    /** Arguments: the path of another namespace, and a device of the own one. */
    public static void main(String[] arguments) {
        List<NetNamespace> both = List.of(Ground.own(), Ground.namespace(arguments[0], NetNamespace.Scope.OTHER));
        String said = LibbpfSshSessions.open()
                .survey(both)
                .through(Ground.own().inode(), Integer.parseInt(arguments[1]))
                .match(
                        sessions -> sessions.size() + " sessions",
                        since -> "unsupported " + since,
                        capability -> "denied " + capability,
                        () -> "gone",
                        why -> "unknown " + why);
        System.out.println(said);
    }
}

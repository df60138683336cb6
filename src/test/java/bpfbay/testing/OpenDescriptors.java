package bpfbay.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** What this process has open, by what it is; jars and class data, which the JVM opens when it likes, left out. */
public record OpenDescriptors(SortedMap<String, Integer> byKind) {
    /* the JVM asks now and then how much memory and processor its container has */
    private static final Pattern OF_THE_JVMS_CONTAINER =
            Pattern.compile("/sys/fs/cgroup/.*/(memory|cpu|cpuacct|cpuset|pids)\\.[a-z_.]+");

    static {
        try {
            // the JVM's first channel opens a socket for good
            FileChannel.open(Path.of("/dev/null")).close();
        } catch (IOException noDevices) {
            throw new IllegalStateException(noDevices);
        }
    }

    public static OpenDescriptors now() {
        SortedMap<String, Integer> kinds = new TreeMap<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
            for (Path fd : all) {
                count(fd, kinds);
            }
        } catch (IOException noProc) {
            throw new IllegalStateException(noProc);
        }
        return new OpenDescriptors(kinds);
    }

    private static void count(Path fd, SortedMap<String, Integer> kinds) {
        try {
            String target = Files.readSymbolicLink(fd).toString();
            boolean isOfTheJvm = target.endsWith(".jar")
                    || target.contains("/proc/")
                    || target.contains("/jvm/")
                    || target.endsWith("random")
                    || OF_THE_JVMS_CONTAINER.matcher(target).matches();
            if (!isOfTheJvm) {
                kinds.merge(target.replaceAll("\\[?[0-9]+\\]?$", ""), 1, Integer::sum);
            }
        } catch (IOException closedMeanwhile) {
            return;
        }
    }

    public void assertSameAsNow() {
        assertEquals(byKind, now().byKind(), "open descriptors before and after");
    }
}

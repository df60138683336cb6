package bpfbay.kernel.libbpf;

import bpfbay.kernel.Errno;
import bpfbay.kernel.Fd;
import bpfbay.kernel.KernelException;
import bpfbay.model.BpfMap;
import bpfbay.model.Bytes;
import bpfbay.model.MapContents;
import bpfbay.model.MapContents.Coverage;
import bpfbay.model.MapContents.Pair;
import bpfbay.model.ObjectId;
import bpfbay.model.Problem;
import java.util.ArrayList;
import java.util.List;

/**
 * A first look into a map: so many keys walked, a few values read. Programs and processes may change the
 * map meanwhile, so in a busy hash a key can be missed or counted twice. Slots that hold programs, maps,
 * devices or sockets are read as their ids or cookies, and only those that hold something are counted.
 */
final class MapReader {
    private static final int SAMPLE = 8;
    /* a value can have two gigabytes: of large ones a few are enough, of very large ones none is read */
    private static final int SAMPLE_BYTES = 1 << 20;
    private static final int LARGEST_VALUE = 16 << 20;

    private final FdById fds = new FdById();
    private final ObjectInfo info = new ObjectInfo();
    private final MapCalls calls = new MapCalls();
    private final BtfBlobs btf;

    MapReader(BtfBlobs btf) {
        this.btf = btf;
    }

    MapContents read(int mapId, int limit) {
        try (Fd fd = fds.map(mapId)) {
            BpfMap map = MapDecoder.decode(
                    mapId, info.clear().ask(fd, ObjectId.map(mapId).toString()));
            Look look = new Look(fd, map, limit);
            Coverage coverage =
                    switch (MapWay.of(map.type())) {
                        case INDEXES -> look.indexes();
                        case SLOTS -> look.slots();
                        case KEYS -> look.keys();
                        case HEAD -> look.head();
                        case CLOSED -> throw closed(map, 0, MapWay.whyClosed(map.type()));
                    };
            Bytes blob = map.btfId().isPresent() ? btf.copy(map.btfId().getAsInt()) : Bytes.EMPTY;
            return new MapContents(mapId, look.entries, coverage, look.sample, blob);
        }
    }

    private static KernelException closed(BpfMap map, int errno, String why) {
        return new KernelException.Unsupported(new Problem(
                "BPF_MAP_LOOKUP_ELEM", map.object() + " (" + map.type().label() + ")", errno, why));
    }

    private static long bytesInUserSpace(BpfMap map) {
        long bytes = Integer.toUnsignedLong(map.valueSize());
        if (!MapWay.isPerCpu(map.type())) {
            return bytes;
        }
        int cpus = LibbpfObject.libbpf_num_possible_cpus();
        if (cpus < 0) {
            throw new KernelException(new Problem(
                    "read", "/sys/devices/system/cpu/possible", -cpus, "without it per-cpu values have no known size"));
        }
        return (bytes + 7 & ~7L) * cpus;
    }

    /** One look at one map. */
    private final class Look {
        private final Fd fd;
        private final BpfMap map;
        private final int limit;
        private final int valueBytes;
        private final List<Pair> sample = new ArrayList<>();
        private int sampleBytes;
        private int entries;

        Look(Fd fd, BpfMap map, int limit) {
            this.fd = fd;
            this.map = map;
            this.limit = limit;
            long bytes = bytesInUserSpace(map);
            this.sampleBytes = bytes > LARGEST_VALUE ? SAMPLE_BYTES : 0;
            this.valueBytes = sampleBytes == 0 ? (int) bytes : 0;
            calls.prepare(map, valueBytes);
        }

        Coverage indexes() {
            entries = map.maxEntries();
            for (int i = 0; Integer.compareUnsigned(i, map.maxEntries()) < 0 && wantsMore(); i++) {
                calls.slot(i);
                take(calls.lookUp(fd));
            }
            return Coverage.ALL;
        }

        Coverage slots() {
            int i = 0;
            while (i < limit && Integer.compareUnsigned(i, map.maxEntries()) < 0) {
                calls.slot(i++);
                if (take(calls.lookUp(fd))) {
                    entries++;
                }
            }
            return i == map.maxEntries() ? Coverage.ALL : Coverage.CUT_AT_LIMIT;
        }

        Coverage keys() {
            int err = calls.first(fd);
            while (err == 0) {
                if (entries == limit) {
                    return Coverage.CUT_AT_LIMIT;
                }
                entries++;
                if (wantsMore()) {
                    take(calls.lookUp(fd));
                }
                err = calls.next(fd);
            }
            if (err != -Errno.ENOENT) {
                throw refused("BPF_MAP_GET_NEXT_KEY", -err);
            }
            return Coverage.ALL;
        }

        /* how many are behind the first one is not to be known */
        Coverage head() {
            if (take(calls.peek(fd))) {
                entries = 1;
                return Coverage.CUT_AT_LIMIT;
            }
            return Coverage.ALL;
        }

        private boolean wantsMore() {
            return sample.size() < SAMPLE && sampleBytes < SAMPLE_BYTES;
        }

        /* returns whether there was a value */
        private boolean take(int err) {
            if (err == 0) {
                if (wantsMore()) {
                    sample.add(new Pair(calls.key(map.keySize()), calls.value(valueBytes)));
                    sampleBytes += valueBytes;
                }
                return true;
            } else if (err != -Errno.ENOENT) {
                throw refused("BPF_MAP_LOOKUP_ELEM", -err);
            }
            return false;
        }

        private KernelException refused(String operation, int errno) {
            String object = map.object() + " (" + map.type().label() + ")";
            return switch (errno) {
                case Errno.EPERM ->
                    new KernelException.Denied(
                            new Problem(operation, object, errno, "user space may not read this map"));
                case Errno.ENOSPC ->
                    closed(map, errno, "the kernel gives out cookies of sockets only where values have 8 bytes");
                case Errno.EINVAL, Errno.EOPNOTSUPP, Errno.ENOTSUPP ->
                    closed(map, errno, "the kernel does not give out what is in it");
                default -> new KernelException(new Problem(operation, object, errno, ""));
            };
        }
    }
}

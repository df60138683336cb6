package bpfbay.journal;

import bpfbay.kernel.libbpf.LibbpfFileLocks;
import bpfbay.kernel.libbpf.LibbpfStateFiles;
import bpfbay.swap.Locks;
import java.io.IOException;
import java.nio.file.Path;

/** A process that has the lock of a hook until it is killed. */
final class LockHolder {
    private LockHolder() {}

    static Process start(Path folder, String hook) throws IOException {
        return Processes.start(LockHolder.class, folder.toString(), hook);
    }

    public static void main(String[] args) throws IOException {
        FolderLocks locks =
                new FolderLocks(StateFolders.in(Path.of(args[0])), new LibbpfStateFiles(), new LibbpfFileLocks());
        int pid = (int) ProcessHandle.current().pid();
        Locks.Attempt attempt = locks.take(args[1], new Locks.Holder("of-another", pid, ""));
        System.out.write(attempt instanceof Locks.Attempt.Taken ? '+' : '-');
        System.out.flush();
        System.in.read();
    }
}

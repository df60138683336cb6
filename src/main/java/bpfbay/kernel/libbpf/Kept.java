package bpfbay.kernel.libbpf;

import java.nio.ByteBuffer;
import java.util.function.Supplier;

/** What was decoded last, and the bytes it came from: equal bytes, or an equal result, give the same instance. */
final class Kept<T> {
    private byte[] bytes = {};
    private boolean isFirst = true;
    private T value;

    /** @param none what no bytes at all stand for */
    Kept(T none) {
        value = none;
    }

    /** @param now from position to limit what {@code decode} reads */
    T of(ByteBuffer now, Supplier<T> decode) {
        if (now.equals(ByteBuffer.wrap(bytes))) {
            return value;
        }
        T decoded = decode.get();
        if (bytes.length != now.remaining()) {
            bytes = new byte[now.remaining()];
        }
        now.get(now.position(), bytes);
        if (isFirst || !decoded.equals(value)) {
            value = decoded;
        }
        isFirst = false;
        return value;
    }

    /** The next bytes are decoded whatever they are. */
    void forget() {
        bytes = new byte[0];
    }
}

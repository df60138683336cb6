package bpfbay.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Runs each test, with its BeforeEach and AfterEach methods, on a fresh thread in network and mount
 * namespaces of its own: only a loopback device, which is up, and an empty bpffs on /sys/fs/bpf. Commands
 * started by the test are in them too. Afterwards as many descriptors must be open as before.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(InNetnsExtension.class)
@Tag("kernel")
public @interface InNetns {
    /** What the kernel must be able to do; the test is skipped with the reason where it cannot. */
    Feature[] needs() default {};
}

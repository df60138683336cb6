package bpfbay.testing;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** Gives each test one thread in its own namespaces and runs its methods there. */
final class InNetnsExtension implements BeforeEachCallback, AfterEachCallback, InvocationInterceptor {
    private static final ExtensionContext.Namespace STORE = ExtensionContext.Namespace.create(InNetnsExtension.class);

    /** The thread, and the descriptors that were open before it began. */
    private record Stage(ExecutorService thread, OpenDescriptors before) {}

    @Override
    public void beforeEach(ExtensionContext context) throws Exception {
        ExecutorService thread = Executors.newSingleThreadExecutor(body -> {
            Thread made = new Thread(body, "in-netns");
            made.setDaemon(true);
            return made;
        });
        // classes and their jars are loaded before descriptors are counted
        Namespaces.enterFresh(thread);
        context.getStore(STORE).put(Stage.class, new Stage(thread, OpenDescriptors.now()));
        for (Feature feature : needs(context)) {
            Optional<String> missing = thread.submit(feature::whyMissing).get();
            if (missing.isPresent() && feature.mustBeThere()) {
                Assertions.fail(
                        feature + " must be there on " + System.getProperty("os.version") + ": " + missing.get());
            }
            Assumptions.assumeTrue(missing.isEmpty(), () -> missing.orElse(""));
        }
    }

    @Override
    public void afterEach(ExtensionContext context) {
        Stage stage = context.getStore(STORE).remove(Stage.class, Stage.class);
        stage.thread().shutdownNow();
        if (context.getExecutionException().isEmpty()) {
            stage.before().assertSameAsNow();
        }
    }

    @Override
    public void interceptBeforeEachMethod(
            Invocation<@Nullable Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        onStage(invocation, context);
    }

    @Override
    public void interceptTestMethod(
            Invocation<@Nullable Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        onStage(invocation, context);
    }

    @Override
    public void interceptTestTemplateMethod(
            Invocation<@Nullable Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        onStage(invocation, context);
    }

    @Override
    public void interceptAfterEachMethod(
            Invocation<@Nullable Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        onStage(invocation, context);
    }

    private static void onStage(Invocation<@Nullable Void> invocation, ExtensionContext context) throws Throwable {
        Stage stage = context.getStore(STORE).get(Stage.class, Stage.class);
        AtomicReference<@Nullable Throwable> thrown = new AtomicReference<>();
        try {
            stage.thread()
                    .submit(() -> {
                        try {
                            invocation.proceed();
                        } catch (Throwable failed) {
                            thrown.set(failed);
                        }
                    })
                    .get();
        } catch (ExecutionException impossible) {
            throw impossible.getCause() == null ? impossible : impossible.getCause();
        }
        Throwable failed = thrown.get();
        if (failed != null) {
            throw failed;
        }
    }

    private static Feature[] needs(ExtensionContext context) {
        return Stream.of(context.getTestMethod(), context.getTestClass())
                .flatMap(element -> AnnotationSupport.findAnnotation(element, InNetns.class).stream())
                .flatMap(annotation -> Arrays.stream(annotation.needs()))
                .distinct()
                .toArray(Feature[]::new);
    }
}

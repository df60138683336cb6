import static org.objectweb.asm.Opcodes.*;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Type;

/*
 * Java makes the class of a lambda when it first comes to it, which takes a tenth of a millisecond even where an archive holds
 * that class; the screen's first picture comes to 300 of them. A class from the archive takes a fifth of that.
 */
/**
 * Gives each lambda and method reference below a folder of compiled classes a class of its own, {@code Outer$$L1},
 * which is a nest mate of the one that it stands in. Classes that were done before stay as they are. Run by the build,
 * after the compiler: {@code java -cp asm.jar LambdaClasses.java FOLDER}.
 */
public final class LambdaClasses {
    private static final String MARK = "$$L";

    private final Path folder;
    private final Map<String, byte[]> done = new TreeMap<>();
    private final Map<String, List<String>> nests = new HashMap<>();
    private final Set<String> listed = new HashSet<>();

    private LambdaClasses(Path folder) {
        this.folder = folder;
    }

    public static void main(String[] arguments) throws IOException {
        LambdaClasses classes = new LambdaClasses(Path.of(arguments[0]));
        List<Path> files;
        try (Stream<Path> all = Files.walk(classes.folder)) {
            files = all.filter(file -> file.toString().endsWith(".class")).toList();
        }
        for (Path file : files) {
            if (!file.toString().contains(MARK)) {
                classes.read(file);
            }
        }
        for (Path file : files) {
            if (file.toString().contains(MARK)) {
                classes.removeStale(file);
            }
        }
        classes.write();
    }

    private void read(Path file) throws IOException {
        ClassReader from = new ClassReader(Files.readAllBytes(file));
        ClassWriter to = new ClassWriter(0);
        Rewriter rewriter = new Rewriter(to);
        from.accept(rewriter, 0);
        if (rewriter.made > 0) {
            done.put(from.getClassName(), to.toByteArray());
        }
    }

    /** One that its host does not list any more, since it was compiled anew. */
    private void removeStale(Path file) throws IOException {
        String path = folder.relativize(file).toString();
        if (!listed.contains(path.substring(0, path.length() - ".class".length()))) {
            Files.delete(file);
        }
    }

    private void write() throws IOException {
        for (String host : nests.keySet()) {
            byte[] bytes = done.containsKey(host) ? done.get(host) : Files.readAllBytes(file(host));
            ClassWriter to = new ClassWriter(0);
            new ClassReader(bytes).accept(new Host(to, nests.get(host)), 0);
            done.put(host, to.toByteArray());
        }
        for (Map.Entry<String, byte[]> one : done.entrySet()) {
            Files.write(file(one.getKey()), one.getValue());
        }
    }

    private Path file(String name) {
        return folder.resolve(name + ".class");
    }

    /** The class that the nest is named after; only it lists the others. */
    private static final class Host extends ClassVisitor {
        private final List<String> more;

        Host(ClassVisitor next, List<String> more) {
            super(ASM9, next);
            this.more = more;
        }

        @Override
        public void visitEnd() {
            more.forEach(this::visitNestMember);
            super.visitEnd();
        }
    }

    /** Replaces what would make the class at run time by the constant or the call that gives an object of one made here. */
    private final class Rewriter extends ClassVisitor {
        private String name = "";
        private String host = "";
        private int made;

        Rewriter(ClassVisitor next) {
            super(ASM9, next);
        }

        @Override
        public void visit(int version, int access, String own, String signature, String parent, String[] interfaces) {
            name = own;
            host = own;
            super.visit(version, access, own, signature, parent, interfaces);
        }

        @Override
        public void visitNestHost(String other) {
            host = other;
            super.visitNestHost(other);
        }

        @Override
        public void visitNestMember(String member) {
            listed.add(member);
            super.visitNestMember(member);
        }

        @Override
        public MethodVisitor visitMethod(int access, String own, String type, String signature, String[] thrown) {
            return new MethodVisitor(ASM9, super.visitMethod(access, own, type, signature, thrown)) {
                @Override
                public void visitInvokeDynamicInsn(String method, String site, Handle maker, Object... arguments) {
                    if (!maker.getOwner().equals("java/lang/invoke/LambdaMetafactory")
                            || !maker.getName().equals("metafactory")) {
                        super.visitInvokeDynamicInsn(method, site, maker, arguments);
                        return;
                    }
                    Lambda lambda = new Lambda(
                            name + MARK + ++made,
                            Type.getMethodType(site),
                            method,
                            (Type) arguments[0],
                            (Handle) arguments[1],
                            (Type) arguments[2]);
                    done.put(lambda.name, lambda.bytes(host));
                    nests.computeIfAbsent(host, unused -> new ArrayList<>()).add(lambda.name);
                    lambda.give(getDelegate());
                }
            };
        }
    }

    /**
     * What the arguments of the call site tell.
     *
     * @param site from what it catches to its interface
     * @param erased the type of the interface's method
     * @param body what the method does
     * @param exact the type at which the method is called, erased less
     */
    private record Lambda(String name, Type site, String method, Type erased, Handle body, Type exact) {
        private static final String SINGLE = "SINGLE";
        private static final String OF = "of";

        void give(MethodVisitor code) {
            if (isSingle()) {
                code.visitFieldInsn(GETSTATIC, name, SINGLE, face().getDescriptor());
            } else {
                code.visitMethodInsn(INVOKESTATIC, name, OF, site.getDescriptor(), false);
            }
        }

        byte[] bytes(String host) {
            ClassWriter to = new ClassWriter(ClassWriter.COMPUTE_MAXS);
            String[] interfaces = {face().getInternalName()};
            to.visit(V17, ACC_FINAL | ACC_SUPER | ACC_SYNTHETIC, name, null, "java/lang/Object", interfaces);
            to.visitNestHost(host);
            if (isSingle()) {
                to.visitField(ACC_STATIC | ACC_FINAL, SINGLE, face().getDescriptor(), null, null);
                method(to, ACC_STATIC, "<clinit>", "()V", this::single);
            } else {
                for (int i = 0; i < caught().length; i++) {
                    to.visitField(ACC_PRIVATE | ACC_FINAL, "caught" + i, caught()[i].getDescriptor(), null, null);
                }
                method(to, ACC_STATIC, OF, site.getDescriptor(), this::fresh);
            }
            method(to, ACC_PRIVATE, "<init>", constructor(), this::construct);
            method(to, ACC_PUBLIC, method, erased.getDescriptor(), this::run);
            to.visitEnd();
            return to.toByteArray();
        }

        private interface Code {
            void write(MethodVisitor code);
        }

        private static void method(ClassWriter to, int access, String name, String type, Code body) {
            MethodVisitor code = to.visitMethod(access, name, type, null, null);
            code.visitCode();
            body.write(code);
            code.visitMaxs(0, 0);
            code.visitEnd();
        }

        private void single(MethodVisitor code) {
            code.visitTypeInsn(NEW, name);
            code.visitInsn(DUP);
            code.visitMethodInsn(INVOKESPECIAL, name, "<init>", constructor(), false);
            code.visitFieldInsn(PUTSTATIC, name, SINGLE, face().getDescriptor());
            code.visitInsn(RETURN);
        }

        private void fresh(MethodVisitor code) {
            code.visitTypeInsn(NEW, name);
            code.visitInsn(DUP);
            int at = 0;
            for (Type one : caught()) {
                code.visitVarInsn(one.getOpcode(ILOAD), at);
                at += one.getSize();
            }
            code.visitMethodInsn(INVOKESPECIAL, name, "<init>", constructor(), false);
            code.visitInsn(ARETURN);
        }

        private void construct(MethodVisitor code) {
            code.visitVarInsn(ALOAD, 0);
            code.visitMethodInsn(INVOKESPECIAL, "java/lang/Object", "<init>", "()V", false);
            int at = 1;
            for (int i = 0; i < caught().length; i++) {
                code.visitVarInsn(ALOAD, 0);
                code.visitVarInsn(caught()[i].getOpcode(ILOAD), at);
                code.visitFieldInsn(PUTFIELD, name, "caught" + i, caught()[i].getDescriptor());
                at += caught()[i].getSize();
            }
            code.visitInsn(RETURN);
        }

        /** Calls the body with what was caught and then with the arguments. */
        private void run(MethodVisitor code) {
            if (isNew()) {
                code.visitTypeInsn(NEW, body.getOwner());
                code.visitInsn(DUP);
            }
            for (int i = 0; i < caught().length; i++) {
                code.visitVarInsn(ALOAD, 0);
                code.visitFieldInsn(GETFIELD, name, "caught" + i, caught()[i].getDescriptor());
            }
            List<Type> wanted = wanted();
            Type[] given = erased.getArgumentTypes();
            int at = 1;
            for (int i = 0; i < given.length; i++) {
                code.visitVarInsn(given[i].getOpcode(ILOAD), at);
                at += given[i].getSize();
                Conversion.write(code, given[i], exact.getArgumentTypes()[i]);
                Conversion.write(code, exact.getArgumentTypes()[i], wanted.get(caught().length + i));
            }
            call(code);
            Type got = isNew() ? Type.getObjectType(body.getOwner()) : Type.getReturnType(body.getDesc());
            Type back = erased.getReturnType();
            if (back.getSort() != Type.VOID) {
                Conversion.write(code, got, exact.getReturnType());
                Conversion.write(code, exact.getReturnType(), back);
            } else if (got.getSort() != Type.VOID) {
                code.visitInsn(got.getSize() == 2 ? POP2 : POP);
            }
            code.visitInsn(back.getOpcode(IRETURN));
        }

        /** Whose it is first, where the body is no static method and no constructor. */
        private List<Type> wanted() {
            List<Type> wanted = new ArrayList<>();
            if (body.getTag() != H_INVOKESTATIC && !isNew()) {
                wanted.add(Type.getObjectType(body.getOwner()));
            }
            wanted.addAll(List.of(Type.getArgumentTypes(body.getDesc())));
            return wanted;
        }

        private void call(MethodVisitor code) {
            int how;
            if (isNew()) {
                how = INVOKESPECIAL;
            } else if (body.getTag() == H_INVOKESTATIC) {
                how = INVOKESTATIC;
            } else {
                how = body.isInterface() ? INVOKEINTERFACE : INVOKEVIRTUAL; // private ones too, among nest mates
            }
            code.visitMethodInsn(how, body.getOwner(), body.getName(), body.getDesc(), body.isInterface());
        }

        private boolean isSingle() {
            return caught().length == 0;
        }

        private boolean isNew() {
            return body.getTag() == H_NEWINVOKESPECIAL;
        }

        private Type face() {
            return site.getReturnType();
        }

        private Type[] caught() {
            return site.getArgumentTypes();
        }

        private String constructor() {
            return Type.getMethodDescriptor(Type.VOID_TYPE, caught());
        }
    }

    /** Of a value from one type to another, as the language does it where a method is called. */
    private static final class Conversion {
        private static final Map<String, Type> PRIMITIVES = Map.of(
                "java/lang/Boolean", Type.BOOLEAN_TYPE,
                "java/lang/Character", Type.CHAR_TYPE,
                "java/lang/Byte", Type.BYTE_TYPE,
                "java/lang/Short", Type.SHORT_TYPE,
                "java/lang/Integer", Type.INT_TYPE,
                "java/lang/Long", Type.LONG_TYPE,
                "java/lang/Float", Type.FLOAT_TYPE,
                "java/lang/Double", Type.DOUBLE_TYPE);

        private Conversion() {}

        static void write(MethodVisitor code, Type from, Type to) {
            if (from.equals(to)) {
                return;
            } else if (isPrimitive(from)) {
                if (isPrimitive(to)) {
                    widen(code, from, to);
                } else {
                    String box = box(from);
                    String type = Type.getMethodDescriptor(Type.getObjectType(box), from);
                    code.visitMethodInsn(INVOKESTATIC, box, "valueOf", type, false);
                }
            } else if (isPrimitive(to)) {
                unbox(code, from, to);
            } else if (!to.getInternalName().equals("java/lang/Object")) {
                code.visitTypeInsn(CHECKCAST, to.getInternalName());
            }
        }

        private static boolean isPrimitive(Type type) {
            return type.getSort() < Type.ARRAY;
        }

        private static String box(Type primitive) {
            for (Map.Entry<String, Type> one : PRIMITIVES.entrySet()) {
                if (one.getValue().equals(primitive)) {
                    return one.getKey();
                }
            }
            throw new IllegalArgumentException("no box for " + primitive);
        }

        private static void unbox(MethodVisitor code, Type from, Type to) {
            boolean isBox = PRIMITIVES.containsKey(from.getInternalName());
            String box = isBox ? from.getInternalName() : box(to);
            if (!isBox) {
                code.visitTypeInsn(CHECKCAST, box);
            }
            Type inside = PRIMITIVES.get(box);
            code.visitMethodInsn(
                    INVOKEVIRTUAL, box, inside.getClassName() + "Value", Type.getMethodDescriptor(inside), false);
            widen(code, inside, to);
        }

        private static void widen(MethodVisitor code, Type from, Type to) {
            int have = Math.max(from.getSort(), Type.INT);
            int want = Math.max(to.getSort(), Type.INT);
            if (have == want) {
                return;
            }
            switch (have * 16 + want) {
                case Type.INT * 16 + Type.LONG -> code.visitInsn(I2L);
                case Type.INT * 16 + Type.FLOAT -> code.visitInsn(I2F);
                case Type.INT * 16 + Type.DOUBLE -> code.visitInsn(I2D);
                case Type.LONG * 16 + Type.FLOAT -> code.visitInsn(L2F);
                case Type.LONG * 16 + Type.DOUBLE -> code.visitInsn(L2D);
                case Type.FLOAT * 16 + Type.DOUBLE -> code.visitInsn(F2D);
                default -> throw new IllegalArgumentException("no widening from " + from + " to " + to);
            }
        }
    }
}

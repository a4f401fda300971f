package dev.hearsay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.Label;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.LabelTarget;
import java.lang.classfile.instruction.LookupSwitchInstruction;
import java.lang.classfile.instruction.NewObjectInstruction;
import java.lang.classfile.instruction.TableSwitchInstruction;
import java.lang.constant.ClassDesc;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * A switch over a sealed type names all of it: whoever adds a message, an event or a fault is then told by the compiler where it matters. A switch without
 * {@code default} ends, in bytecode, in a {@code MatchException}.
 */
class SealedSwitchTest {

    @Test
    void aSwitchOverASealedTypeHasNoDefault() throws Exception {
        TreeSet<String> found = new TreeSet<>();
        for (JavaClass javaClass : new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("dev.hearsay")) {
            if (!javaClass.getFullName().startsWith(SealedSwitchTest.class.getName())) {
                found.addAll(withDefault(javaClass.getFullName()));
            }
        }
        assertThat(found).isEmpty();
    }

    /** So that the test is known to see anything. */
    @Test
    void aDefaultIsSeen() throws Exception {
        assertThat(withDefault(Example.class.getName())).containsExactly(Example.class.getName() + ".one");
    }

    private sealed interface Sealed {}

    private record One() implements Sealed {}

    private record Two() implements Sealed {}

    static final class Example {
        static int one(Sealed what) {
            return switch (what) {
                case One one -> 1;
                default -> 0;
            };
        }

        static int both(Sealed what) {
            return switch (what) {
                case One one -> 1;
                case Two two -> 2;
            };
        }

        private Example() {}
    }

    private static List<String> withDefault(String name) throws IOException, ClassNotFoundException {
        List<String> found = new ArrayList<>();
        try (InputStream in =
                SealedSwitchTest.class.getClassLoader().getResourceAsStream(name.replace('.', '/') + ".class")) {
            ClassModel model = ClassFile.of().parse(in.readAllBytes());
            for (MethodModel method : model.methods()) {
                if (method.code().isPresent() && hasDefault(method.code().get().elementList())) {
                    found.add(name + "." + method.methodName().stringValue());
                }
            }
        }
        return found;
    }

    private static boolean hasDefault(List<CodeElement> code) throws ClassNotFoundException {
        boolean isSealed = false;
        for (CodeElement element : code) {
            if (element instanceof InvokeDynamicInstruction call && call.name().equalsString("typeSwitch")) {
                isSealed = isSealed(call.typeSymbol().parameterType(0));
            } else if (element instanceof TableSwitchInstruction table && isSealed) {
                isSealed = false;
                if (!throwsMatchException(code, table.defaultTarget())) {
                    return true;
                }
            } else if (element instanceof LookupSwitchInstruction lookup && isSealed) {
                isSealed = false;
                if (!throwsMatchException(code, lookup.defaultTarget())) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean isSealed(ClassDesc type) throws ClassNotFoundException {
        String name = type.descriptorString();
        return name.startsWith("L")
                && Class.forName(
                                name.substring(1, name.length() - 1).replace('/', '.'),
                                false,
                                SealedSwitchTest.class.getClassLoader())
                        .isSealed();
    }

    /** What follows the label, other labels and line numbers left out. */
    private static boolean throwsMatchException(List<CodeElement> code, Label label) {
        boolean isThere = false;
        for (CodeElement element : code) {
            isThere |= element instanceof LabelTarget target && target.label().equals(label);
            if (isThere && element instanceof java.lang.classfile.Instruction instruction) {
                return instruction instanceof NewObjectInstruction made
                        && made.className().asInternalName().equals("java/lang/MatchException");
            }
        }
        return false;
    }
}

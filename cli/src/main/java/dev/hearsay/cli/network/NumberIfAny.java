package dev.hearsay.cli.network;

import java.util.Map;
import java.util.Stack;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/** Takes the word after {@code --dashboard} only if it is a number, as none else of such a command line begins with a digit: a topology may follow. */
final class NumberIfAny implements IParameterPreprocessor {
    @Override
    public boolean preprocess(Stack<String> args, CommandSpec commandSpec, ArgSpec argSpec, Map<String, Object> info) {
        boolean isAttached = !" ".equals(info.get("separator"));
        boolean isNumberNext = !args.isEmpty() && args.peek().matches("\\d+");
        if (!isAttached && !isNumberNext) {
            args.push("");
        }
        return false;
    }
}

package org.privateevolution.jobs;

import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.MutuallyExclusiveArgsException;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;

/** Says in one sentence what is wrong with a command line. */
final class WrongUsage {

    private WrongUsage() {}

    static String of(ParameterException e) {
        if (e instanceof MissingParameterException missing
                && !missing.getMissing().isEmpty()) {
            return missing(missing);
        }
        if (e instanceof OverwrittenOptionException twice) {
            return name(twice.getOverwritten()) + " is given more than once: give it once";
        }
        if (e instanceof MutuallyExclusiveArgsException) {
            return Failure.oneLine(e.getMessage())
                    .replaceFirst("^Error: ", "")
                    .replaceAll("=[^,\\s]+", "")
                    .replace(", ", " and ")
                    .replaceFirst(" are mutually exclusive.*$", " exclude each other: give one of them");
        }
        if (e.getArgSpec() != null && e.getValue() != null) {
            return name(e.getArgSpec()) + ": " + problem(e);
        }
        return Failure.oneLine(e.getMessage())
                .replaceFirst("^Error: ", "")
                .replaceFirst("^Unknown subcommand '(.*)'\\.$", "$1 is not a command");
    }

    private static String missing(MissingParameterException e) {
        List<ArgSpec> missing = e.getMissing();
        ArgSpec first = missing.get(0);
        String message = e.getMessage();
        if (message.contains("specify one of these")) {
            return missing.stream().map(WrongUsage::name).collect(Collectors.joining(" or ")) + " is missing";
        }
        if (first.isOption() && message.contains("for option")) {
            return name(first) + " has no value: give " + written(first);
        }
        if (first.isPositional() && first.arity().min() > 1) {
            return "too few " + name(first) + " arguments: give at least "
                    + first.arity().min();
        }
        String names = missing.stream().map(WrongUsage::written).collect(Collectors.joining(" and "));
        return names + (missing.size() == 1 ? " is missing" : " are missing");
    }

    private static String problem(ParameterException e) {
        ArgSpec argument = e.getArgSpec();
        if (e.getMessage().contains(" format but was ")) {
            return e.getValue() + " is not " + argument.paramLabel();
        }
        if (argument.converters().length > 0 && e.getCause() instanceof TypeConversionException known) {
            return known.getMessage();
        }
        return e.getValue() + kind(argument, e.getValue());
    }

    private static String kind(ArgSpec argument, String value) {
        Class<?> type = argument.typeInfo().getType();
        if (type == int.class || type == Integer.class || type == long.class || type == Long.class) {
            return value.matches("[+-]?\\d+") ? " is too large" : " is not a whole number";
        }
        if (type == double.class || type == Double.class) {
            return " is not a number";
        }
        return " is not allowed: must be " + argument.paramLabel();
    }

    private static String name(ArgSpec argument) {
        return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
    }

    private static String written(ArgSpec argument) {
        return argument.isOption() ? name(argument) + " " + argument.paramLabel() : name(argument);
    }
}

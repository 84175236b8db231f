package org.privateevolution.jobs;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.privateevolution.report.RunComparison;
import org.privateevolution.report.RunComparison.ComparedFigure;
import org.privateevolution.report.RunComparison.Difference;

/** Compares finished runs. */
final class RunComparisons {

    private RunComparisons() {}

    /** @param runs at least one */
    static RunComparison of(List<FinishedRun> runs) {
        return new RunComparison(runs.stream().map(FinishedRun::run).toList(), differences(runs), figures(runs));
    }

    private static List<Difference> differences(List<FinishedRun> runs) {
        Set<String> paths = new LinkedHashSet<>();
        runs.forEach(run -> paths.addAll(run.settings().keySet()));
        List<Difference> differences = new ArrayList<>();
        Set<String> missing = new LinkedHashSet<>();
        for (String path : paths) {
            String section = path.replaceFirst("[.\\[].*", "");
            if (!runs.stream().allMatch(run -> has(run, section))) {
                if (missing.add(section)) {
                    differences.add(new Difference(
                            section,
                            runs.stream()
                                    .map(run -> has(run, section) ? Optional.of("set") : Optional.<String>empty())
                                    .toList()));
                }
                continue;
            }
            List<Optional<String>> values = runs.stream()
                    .map(run -> Optional.ofNullable(run.settings().get(path)))
                    .toList();
            if (values.stream().distinct().count() > 1) {
                differences.add(new Difference(path, values));
            }
        }
        return differences;
    }

    /** Runs of different kinds differ in whole sections, which are listed without their keys. */
    private static boolean has(FinishedRun run, String section) {
        return run.settings().keySet().stream()
                .anyMatch(path ->
                        path.equals(section) || path.startsWith(section + ".") || path.startsWith(section + "["));
    }

    private static List<ComparedFigure> figures(List<FinishedRun> runs) {
        // A figure that is inside the guarantee in one run and outside in another counts as outside.
        Map<List<String>, Boolean> inside = new LinkedHashMap<>();
        runs.forEach(run -> run.figures()
                .keySet()
                .forEach(figure -> inside.merge(
                        List.of(figure.metric(), figure.subject()), figure.insideGuarantee(), Boolean::logicalAnd)));
        List<ComparedFigure> figures = new ArrayList<>();
        inside.forEach((figure, isInside) -> figures.add(new ComparedFigure(
                figure.get(0),
                figure.get(1),
                isInside,
                runs.stream()
                        .map(run -> value(run, figure.get(0), figure.get(1)))
                        .toList())));
        return figures;
    }

    private static OptionalDouble value(FinishedRun run, String metric, String subject) {
        return run.figures().entrySet().stream()
                .filter(entry -> entry.getKey().metric().equals(metric)
                        && entry.getKey().subject().equals(subject))
                .mapToDouble(Map.Entry::getValue)
                .findFirst();
    }
}

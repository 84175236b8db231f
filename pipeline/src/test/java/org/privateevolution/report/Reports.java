package org.privateevolution.report;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.privateevolution.model.Evaluation;
import org.privateevolution.model.Evaluation.Correlations;
import org.privateevolution.model.Evaluation.Figure;
import org.privateevolution.model.Evaluation.Measure;
import org.privateevolution.model.Evaluation.Question;
import org.privateevolution.model.Evaluation.Use;
import org.privateevolution.model.Evaluation.Verdict;
import org.privateevolution.model.MarginalComparison;
import org.privateevolution.model.MarginalComparison.Cell;
import org.privateevolution.model.MarginalComparison.ColumnMarginal;
import org.privateevolution.model.MarginalComparison.LabelMarginal;
import org.privateevolution.model.MarginalComparison.Numbers;
import org.privateevolution.report.RunReport.Curve;
import org.privateevolution.report.RunReport.Lineage;
import org.privateevolution.report.RunReport.Modelled;
import org.privateevolution.report.RunReport.Picture;
import org.privateevolution.report.RunReport.PrivacyStatement;
import org.privateevolution.report.RunReport.StatedRelease;
import org.privateevolution.report.RunReport.Step;
import org.privateevolution.report.RunReport.Table;
import org.privateevolution.report.RunReport.Vote;

/** What reports are made of, with a text at every place that takes one. */
final class Reports {

    private Reports() {}

    static PrivacyStatement guarantee(double epsilon, double delta, List<StatedRelease> releases) {
        return new PrivacyStatement(
                "sentence",
                epsilon,
                delta,
                "client",
                "replace-one",
                releases,
                "file:/ledger",
                "f00d",
                "outlook",
                epsilon,
                List.of("a condition"));
    }

    /** A run with nothing but votes and rows. */
    static RunReport plain(PrivacyStatement guarantee, List<Vote> votes, Table rows) {
        return new RunReport(
                "r",
                Instant.EPOCH,
                guarantee,
                votes,
                rows,
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                List.of());
    }

    /** The same with a comparison with the private data. */
    static RunReport compared(RunReport report, MarginalComparison comparison) {
        return new RunReport(
                report.name(),
                report.finishedAt(),
                report.guarantee(),
                report.votes(),
                report.synthetic(),
                Optional.of(comparison),
                report.curves(),
                report.pictures(),
                report.lineages(),
                report.verdict(),
                report.associations(),
                report.modelled(),
                report.released());
    }

    /** A run of everything that a report can show. */
    static RunReport everything(String text) {
        List<String> row = new ArrayList<>(Arrays.asList(text, null));
        return new RunReport(
                text,
                Instant.parse("2026-01-31T23:59:59Z"),
                new PrivacyStatement(
                        text,
                        1,
                        1.575e-5,
                        text,
                        text,
                        List.of(new StatedRelease(text, 5, 0.5), new StatedRelease("vote 2", 5, 1)),
                        text,
                        text,
                        text,
                        2,
                        List.of(text)),
                List.of(new Vote(1, 1_009, 503, 101, 211.5), new Vote(2, 1_009, 401, 101, 97.25)),
                new Table(List.of(text, "other"), List.of(row), 1_009),
                Optional.of(comparison(text, 2)),
                List.of(
                        new Curve("near_duplicates", true, List.of(0.5, 0.25)),
                        new Curve("fid", false, List.of(9.0, 4.0))),
                List.of(),
                List.of(new Lineage(text, List.of(new Step(0, text), new Step(1, text)))),
                List.of(text),
                Optional.of(new Correlations(
                        List.of("private " + text, "b"),
                        List.of(List.of(1.0, 0.8125), List.of(0.8125, 1.0)),
                        List.of(List.of(1.0, 0.75), List.of(0.75, 1.0)))),
                Optional.of(new Modelled(
                        List.of("modelled " + text, "b"),
                        Optional.of(List.of(List.of(1.0, 0.4375), List.of(0.4375, 1.0))),
                        List.of(List.of(1.0, 0.375), List.of(0.375, 1.0)))),
                comparison("released " + text, 2).columns());
    }

    /** The same of images. */
    static RunReport ofImages(String text) {
        RunReport all = everything(text);
        return new RunReport(
                text,
                all.finishedAt(),
                all.guarantee(),
                all.votes(),
                Table.ofImages("image", "label", 101),
                Optional.empty(),
                all.curves(),
                List.of(new Picture(text, text, new byte[] {1, 2, 3})),
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                List.of());
    }

    static MarginalComparison comparison(String text, int columns) {
        List<ColumnMarginal> marginals = IntStream.range(0, columns)
                .mapToObj(i -> new ColumnMarginal(
                        text + i,
                        List.of(new Cell(text, 0.25, 0), new Cell(MarginalComparison.NULL_CELL, 0.75, 0)),
                        0.5,
                        i % 2 == 0 ? Optional.of(new Numbers(text, text, 0.25)) : Optional.empty()))
                .toList();
        return new MarginalComparison(
                marginals,
                List.of(new LabelMarginal(text, 1, 0, 0.5), new LabelMarginal("b", 0, 1, 0.5)),
                1,
                1,
                3,
                0.5,
                OptionalDouble.of(0.75));
    }

    /** An evaluation with an answer to every question. */
    static Evaluation evaluation(String text) {
        List<Figure> figures = new ArrayList<>();
        for (Question question : Question.values()) {
            Measure measure = new Measure(
                    question.name(), question, "measure of " + question, "meaning " + text, question == Question.USE);
            figures.add(figure(measure, "", 0.5, OptionalDouble.of(0.25), Verdict.FAIR, text));
            figures.add(figure(measure, text + "1", 0.125, OptionalDouble.of(0.25), Verdict.GOOD, ""));
            figures.add(figure(measure, text + "2", 0, OptionalDouble.empty(), Verdict.UNJUDGED, text));
        }
        return new Evaluation(
                new Evaluation.Rows(1_009, 503, 401),
                figures,
                Optional.of(new Correlations(
                        List.of(text + "a", text + "b"),
                        List.of(List.of(1.0, -0.5), List.of(-0.5, 1.0)),
                        List.of(List.of(1.0, 0.25), List.of(0.25, 1.0)))),
                List.of(
                        new Use(text, "random forest", "AUC", 0.75, 0.875, OptionalDouble.of(0.5)),
                        new Use(text, "linear", "R2", -0.5, 0.1, OptionalDouble.empty()),
                        new Use("worthless", "linear", "R2", 0.1, 0.25, OptionalDouble.of(0.5))),
                Optional.of(comparison(text, 2)),
                List.of(),
                List.of(text));
    }

    private static Figure figure(
            Measure measure, String subject, double value, OptionalDouble attainable, Verdict verdict, String advice) {
        return new Figure(measure, subject, value, attainable, OptionalDouble.of(0.0625), verdict, advice, false);
    }
}

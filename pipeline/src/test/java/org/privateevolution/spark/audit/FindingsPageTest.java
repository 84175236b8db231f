package org.privateevolution.spark.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.privateevolution.audit.BlackBox;
import org.privateevolution.audit.Verdict;
import org.privateevolution.audit.WhiteBox;
import org.privateevolution.report.AuditPage;
import org.xml.sax.InputSource;

class FindingsPageTest {

    @TempDir
    private Path folder;

    private Findings findings(Fault fault) {
        WhiteBox found = new Trial(folder, "privacy.epsilon=4").audit(400, 12, fault);
        BlackBox box = BlackBox.of(
                found.claim(),
                0.95,
                List.of(new BlackBox.Scored(
                        List.of(1.0, 2.0, 3.0, 2.5, 1.0, 0.0), List.of(true, false, true, false, true, false), 40)),
                4);
        return new Findings(
                "people <&> others",
                new AuditSettings(OptionalInt.of(400), 1, 0.95, 12, "x", true),
                400,
                found,
                Optional.of(box));
    }

    @Test
    void anHonestRunIsConsistentAndThePageSaysWhatThatDoesNotMean() throws Exception {
        Findings findings = findings(Fault.NONE);
        AuditPage page = FindingsPage.of(findings);
        String html = page.html();

        assertThat(findings.verdict()).isEqualTo(Verdict.CONSISTENT);
        assertThat(page.headline()).startsWith("Consistent with the claim: epsilon 4 was promised");
        assertThat(page.checks()).hasSize(5).allMatch(check -> check.result().equals("passed"));
        assertThat(html)
                .contains(
                        "cannot prove one",
                        "found no sign",
                        "in half of such audits",
                        "What this does not say",
                        "people &lt;&amp;&gt; others",
                        "black box");
        requirePage(html);
    }

    @Test
    void aFaultIsSaidLoudly() throws Exception {
        Findings findings = findings(Fault.HALF_THE_NOISE);
        AuditPage page = FindingsPage.of(findings);

        assertThat(findings.verdict()).isEqualTo(Verdict.CONTRADICTED);
        assertThat(page.headline()).startsWith("THE CLAIM IS CONTRADICTED");
        assertThat(page.meaning())
                .contains("The noise is smaller than what was charged (size of the noise).")
                .anyMatch(sentence -> sentence.startsWith("Do not publish"));
        assertThat(page.tone()).isEqualTo(AuditPage.Tone.BAD);
        requirePage(page.html());
    }

    @Test
    void aRunWithoutNoiseIsContradictedAndItsPageCanBeWritten() throws Exception {
        Findings findings = findings(Fault.NO_NOISE);
        AuditPage page = FindingsPage.of(findings);

        assertThat(findings.verdict()).isEqualTo(Verdict.CONTRADICTED);
        assertThat(page.meaning()).contains("The noise is smaller than what was charged (size of the noise).");
        requirePage(page.html());
    }

    /** Three times the noise protects better than promised; it is still not what was planned. */
    @Test
    void moreNoiseThanPlannedIsNoBrokenPromise() {
        AuditPage page = FindingsPage.of(findings(Fault.TOO_MUCH_NOISE));

        assertThat(page.headline())
                .isEqualTo("THE CLAIM IS UNFOUNDED: the releases are not those planned for epsilon 4.");
        assertThat(page.tone()).isEqualTo(AuditPage.Tone.BAD);
    }

    @Test
    void aResumeWithOtherNoiseIsNamed() {
        AuditPage page = FindingsPage.of(findings(Fault.NOISE_DRAWN_ANEW));

        assertThat(page.meaning())
                .contains("A resumed run drew other noise for the same charge (releases after a" + " resume).");
        assertThat(page.checks()).anyMatch(check -> check.probability().equals("impossible"));
    }

    /** Well-formed, nothing from elsewhere, and a picture that says in words what it shows. */
    private static void requirePage(String html) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
        factory.newDocumentBuilder().parse(new InputSource(new StringReader(html)));
        assertThat(html)
                .doesNotContain("http:", "https:", "<script", "NaN")
                .contains("role=\"img\"", "Histogram of scores. Excluded canaries should lie around 0");
    }
}

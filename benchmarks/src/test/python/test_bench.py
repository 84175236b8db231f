"""Tests how figures are read from what benchmarks print, and the page that they become: scripts/bench-quality --self-test."""

import unittest

from bench import figures
from bench.figures import Figure, Unreadable
from bench.page import page


class FiguresTest(unittest.TestCase):
    def test_kernel_has_two_peers(self):
        line = (
            '{"shape":"9x8x7","source":"normal","k":1,"kernel":"vector","gflops":81.5,"ratio_blas":0.812,'
            '"ratio_brute":1.741,"ratio_kept":1.0,"ratio_pruned":0.9,"spread":[1.470,1.870],"spread_kept":[1,1]}\n'
        )
        faiss, blas = figures.kernel("calibrated\n" + line)
        self.assertEqual((faiss.value, faiss.ratio, faiss.low, faiss.high), (81.5, 1.741, 1.470, 1.870))
        self.assertEqual(blas.ratio, 0.812)

    def test_kernel_without_faiss_has_no_ratio(self):
        line = '{"shape":"9x8x7","gflops":81.5,"ratio_blas":null,"ratio_brute":null,"spread":null}\n'
        (alone,) = figures.kernel(line)
        self.assertIsNone(alone.ratio)

    def test_a_vote_that_takes_longer_than_its_kernel_has_a_ratio_below_one(self):
        (vote,) = figures.vote(
            "made and cached 200,000 rows in 3.1 s\n"
            "warm-up: vote 9.00 s, bare kernel 1.00 s, both on 2 cores (70.0 GFLOPS), ratio 9.000\n"
            "round 1: vote 2.00 s, bare kernel 1.60 s, both on 2 cores (70.0 GFLOPS), ratio 1.250\n"
            "round 2: vote 4.00 s, bare kernel 2.00 s, both on 2 cores (70.0 GFLOPS), ratio 2.000\n"
            "round 3: vote 2.10 s, bare kernel 2.10 s, both on 2 cores (70.0 GFLOPS), ratio 1.000\n"
            "time of a vote over that of the bare kernel: median 1.250, from 1.000 to 2.000 (vector kernel)\n"
        )
        self.assertEqual((vote.value, vote.ratio, vote.low, vote.high), (2.10, 0.8, 0.5, 1.0))

    def test_votes_of_more_records_are_compared_with_as_many_of_fewer(self):
        (scale,) = figures.scale(
            "rows, partitions, packed in s, votes in s, cache in memory GiB, on disk GiB, heap GiB, peak resident GiB\n"
            "200,000, 4, 1.5, 0.90 0.20, 0.03, 0.00, 1.00, 1.20\n"
            "2,000,000, 32, 9.5, 3.10 2.50, 0.30, 0.00, 2.00, 2.20\n"
        )
        self.assertEqual((scale.value, scale.peer, scale.ratio), (2.5, "10 votes of 200,000 records", 0.8))

    def test_embedding_has_two_peers(self):
        one, batches = figures.embedding(
            "60 texts of 91.5 tokens\n"
            "embedding: median 77.1 texts/s a core; over bare one by one 0.98 (0.95 to 1.01), over bare batches 1.20 (1.1 to 1.3)\n"
        )
        self.assertEqual((one.value, one.ratio, batches.high), (77.1, 0.98, 1.3))

    def test_jmh_compares_kernels(self):
        case = '{{"benchmark":"a.SearchBenchmark.search","params":{{"k":"1","kernel":"{}"}},"primaryMetric":{{"score":{},"scoreUnit":"ms/op"}}}}'
        (search,) = figures.jmh(f"[{case.format('vector', 2.0)},{case.format('scalar', 6.0)}]")
        self.assertEqual((search.subject, search.unit, search.ratio), ("JMH SearchBenchmark.search (1)", "ms", 3.0))

    def test_output_without_figures_is_an_error(self):
        for read in (figures.kernel, figures.vote, figures.labelled_vote, figures.scale, figures.embedding, figures.image_embedding):
            with self.assertRaises(Unreadable):
                read("Exception in thread main")


class PageTest(unittest.TestCase):
    def test_a_figure_is_a_line_and_what_is_missing_is_named(self):
        text = page("a machine.", [("bench-x", Figure("search", 1234.5, "ms", "FAISS", 1.5, 1.25, 1.75))], ["`bench-y`, which failed"])
        self.assertIn("| `bench-x` | search | 1,234 ms | FAISS | 1.50 (1.25 to 1.75) |", text)
        self.assertIn("**Without figures:** `bench-y`, which failed.", text)
        self.assertIn("a machine.", text)


if __name__ == "__main__":
    unittest.main()

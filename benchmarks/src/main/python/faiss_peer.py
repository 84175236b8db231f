"""Answers a search with FAISS IndexFlatL2 each time a line arrives, and prints the CPU seconds it took.

Arguments: files of float32 queries and candidates, dimension, k, file that receives the int64 neighbours.
"""

import sys
import time

import faiss
import numpy

queries_file, candidates_file, dimension, k, neighbors_file = sys.argv[1:]
faiss.omp_set_num_threads(1)
queries = numpy.fromfile(queries_file, dtype="<f4").reshape(-1, int(dimension))
index = faiss.IndexFlatL2(int(dimension))
index.add(numpy.fromfile(candidates_file, dtype="<f4").reshape(-1, int(dimension)))
print(f"FAISS {faiss.__version__}", flush=True)
for _ in sys.stdin:
    start = time.thread_time()
    _, neighbors = index.search(queries, int(k))
    seconds = time.thread_time() - start
    neighbors.astype("<i8").tofile(neighbors_file)
    print(seconds, flush=True)

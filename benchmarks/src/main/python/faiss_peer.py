"""Answers commands, a line each, with the CPU seconds that they took.

search searches with FAISS IndexFlatL2; multiply multiplies two square matrices of floats, whose speed tells how fast the
machine is just now.

Arguments: files of float32 queries and candidates, dimension, k, file that receives the int64 neighbours, rows of a
matrix.
"""

import sys
import time

import faiss
import numpy

queries_file, candidates_file, dimension, k, neighbors_file, size = sys.argv[1:]
faiss.omp_set_num_threads(1)
queries = numpy.fromfile(queries_file, dtype="<f4").reshape(-1, int(dimension))
index = faiss.IndexFlatL2(int(dimension))
index.add(numpy.fromfile(candidates_file, dtype="<f4").reshape(-1, int(dimension)))
print(f"FAISS {faiss.__version__}", flush=True)
matrix = numpy.random.default_rng(0).standard_normal((int(size), int(size)), dtype=numpy.float32)
product = numpy.empty_like(matrix)
for command in sys.stdin:
    start = time.thread_time()
    if command == "search\n":
        _, neighbors = index.search(queries, int(k))
        seconds = time.thread_time() - start
        neighbors.astype("<i8").tofile(neighbors_file)
    else:
        numpy.matmul(matrix, matrix, out=product)
        seconds = time.thread_time() - start
    print(seconds, flush=True)

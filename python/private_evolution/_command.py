"""The command line, `pe`, on the Spark of PySpark or of SPARK_HOME."""

import os
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import List, NoReturn

from private_evolution import _class_archive, _terminal
from private_evolution._jar import carried, jar

_SMALL_HEAP = "-XX:+UseSerialGC"
_QUICK_START = [_SMALL_HEAP, "-XX:TieredStopAtLevel=1"]
_VECTOR_MODULE = "--add-modules=jdk.incubator.vector"


def main() -> NoReturn:
    try:
        command = _java_command(sys.argv[1:])
    except (FileNotFoundError, RuntimeError) as problem:
        sys.exit(f"pe: {problem}")
    if os.name == "nt":
        # There exec returns to the shell before the program ends.
        sys.exit(subprocess.call(command))
    os.execv(command[0], command)


def _java_command(arguments: List[str]) -> List[str]:
    quick = carried("quick.commands").read_text(encoding="utf-8").split()
    given = {argument.split("=")[0] for argument in arguments}
    measures = arguments[:1] == ["plan"] and "--rows" in given and "--gflops" not in given
    needs_no_spark = not arguments or arguments[0].startswith("-") or arguments[0] in quick
    if measures:
        # How fast the kernel of votes is when compiled as in a run.
        options = [_SMALL_HEAP, _VECTOR_MODULE]
    elif needs_no_spark:
        options = _QUICK_START
    elif arguments[0] == "validate" and not any(argument.startswith("--data") for argument in arguments):
        # It says so if a run would have to do without this module.
        options = [*_QUICK_START, _VECTOR_MODULE]
    else:
        options = [f"@{carried('spark.jvm.options')}"]
    options = options + [f"-Dlog4j2.configurationFile={carried('log4j2.properties')}"]
    extensions = [path for path in os.environ.get("PE_JARS", "").split(os.pathsep) if path]
    jars = [Path(jar()), *map(Path, extensions), *sorted(_spark_jars().glob("*.jar"))]
    java = _java()
    if not extensions:
        prepare = arguments[:1] == ["run"] and not {"-h", "--help"} & set(arguments)
        options = options + _class_archive.options(java, options, jars, prepare)
    options.append(f"-Dpe.command={Path(sys.argv[0]).name}")
    options += _terminal.options(with_vectors=measures or not needs_no_spark)
    class_path = os.pathsep.join(map(str, jars))
    return [java, *options, "-cp", class_path, "org.privateevolution.jobs.Pe", *arguments]


def _java() -> str:
    home = os.environ.get("JAVA_HOME")
    found = shutil.which("java", path=str(Path(home) / "bin")) if home else shutil.which("java")
    if found is None:
        where = f"JAVA_HOME ({home}) has no bin/java" if home else "there is no java on the PATH"
        raise FileNotFoundError(f"{where}: install Java 17 or 21, or set JAVA_HOME to where it is")
    return found


def _spark_jars() -> Path:
    home = os.environ.get("SPARK_HOME")
    if home:
        jars = Path(home) / "jars"
        if not jars.is_dir():
            raise FileNotFoundError(f"SPARK_HOME ({home}) has no folder jars: set it to a Spark 4 distribution")
        return jars
    pyspark = find_spec("pyspark")
    jars = pyspark and Path(pyspark.submodule_search_locations[0]) / "jars"
    if not jars or not jars.is_dir():
        # pyspark-client and databricks-connect have the name, too, and no jars.
        raise FileNotFoundError(
            "there is no Spark: install this package with its extra [spark], or set SPARK_HOME to a Spark 4 distribution"
        )
    return jars

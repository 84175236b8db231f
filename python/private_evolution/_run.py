"""The functions of the module, through the JVM of a classic Spark session."""

import json
import os
import re
import warnings
from typing import Any, Dict, Mapping, Optional, Sequence, Union

from pyspark.sql import DataFrame, SparkSession

from private_evolution import _connect
from private_evolution._errors import ConfigurationError, NotPrivateWarning, translated
from private_evolution._generator import Generator, answering
from private_evolution._progress import Progress, shown
from private_evolution._result import Result, result

Configuration = Union[Mapping[str, Any], str, "os.PathLike[str]"]


def run(
    spark: SparkSession,
    configuration: Configuration,
    private_data: Optional[DataFrame] = None,
    *,
    overrides: Optional[Mapping[str, Any]] = None,
    extend: bool = False,
    generator: Optional[Generator] = None,
    progress: Optional[Progress] = None,
) -> Result:
    """Makes synthetic data from private data, or resumes an interrupted run.

    A run is resumed by its configuration and ``output.path``: call ``run`` again with the same ones.

    :param configuration: a mapping, YAML text of more than one line, or the path or URI of a YAML file
    :param private_data: the private records, if the configuration says
        ``private_data: {format: dataframe, name: ...}`` and ``privacy: {ledger: ...}``
    :param overrides: values by key, such as ``{"privacy.epsilon": 2}``
    :param extend: whether to continue an existing run with another schedule or privacy target
    :param generator: a function that makes the samples, if the configuration says ``text.generation: {given: NAME}`` or
        the same for ``tabular`` or ``images``. It receives a list of :class:`Request` and returns a list of the same
        length, with None for each sample that cannot be made
    :param progress: a function that receives each line of progress, such as ``print``. By default, lines appear in the
        cell of a Jupyter notebook, and elsewhere on the driver's standard error
    :raises PrivateEvolutionError: one of its subclasses, with the messages of the command line
    """
    if _connect.is_session(spark):
        return _connect.run(spark, _told(configuration, overrides, generator), _frame(private_data), extend)
    jvm = _jvm(spark)
    with translated(jvm):
        spec = _spec(jvm, configuration, overrides)
        notebook_run = _notebook_run(spark, jvm, private_data).extend(extend)
        with answering(spark, generator) as callback, shown(spark, progress) as teller:
            if callback is not None:
                notebook_run = notebook_run.generator(callback)
            if teller is not None:
                notebook_run = notebook_run.progress(teller)
            return result(spark, notebook_run.run(spec))


def check(
    spark: SparkSession,
    configuration: Configuration,
    private_data: Optional[DataFrame] = None,
    *,
    overrides: Optional[Mapping[str, Any]] = None,
    generator: Optional[Generator] = None,
) -> None:
    """Checks the configuration, and every private record against it. Releases nothing and calls no generator.

    :raises PrivateEvolutionError: one of its subclasses, with the messages of the command line
    """
    if _connect.is_session(spark):
        _connect.check(spark, _told(configuration, overrides, generator), _frame(private_data))
        return
    jvm = _jvm(spark)
    with translated(jvm):
        spec = _spec(jvm, configuration, overrides)
        notebook_run = _notebook_run(spark, jvm, private_data)
        with answering(spark, generator) as callback:
            if callback is not None:
                notebook_run = notebook_run.generator(callback)
            notebook_run.check(spec)


def sample(
    spark: SparkSession,
    run: Union[str, "os.PathLike[str]"],
    rows: int,
    *,
    where: Optional[str] = None,
    seed: int = 1,
    first_row: Optional[int] = None,
) -> DataFrame:
    """Draws rows from the estimate of a finished run on a table. Costs no privacy and reads no private data.

    :param run: ``output.path`` of the run, such as ``result.location``. The run must have used
        ``evolution.selection: estimate``
    :param where: a condition on the columns in Spark SQL, such as ``"age > 60 AND card = 'gold'"``
    :param seed: equal seeds draw equal rows
    :param first_row: number of the first row, for columns that are made up: no two numbers have the same id. By default,
        the rows are numbered on from those that the run published
    :raises PrivateEvolutionError: one of its subclasses, with the messages of the command line
    """
    if _connect.is_session(spark):
        return _connect.sample(spark, os.fspath(run), rows, where, seed, first_row)
    jvm = _jvm(spark)
    with translated(jvm):
        estimate = jvm.org.privateevolution.spark.SavedEstimate.of(spark._jsparkSession, os.fspath(run)).requireTable()
        if where is not None:
            estimate = estimate.where(where)
        first = estimate.published() if first_row is None else first_row
        return DataFrame(estimate.draw(rows, seed, first), spark)


def propose_schema(
    spark: SparkSession,
    private_data: Union[DataFrame, str, "os.PathLike[str]"],
    *,
    label: Optional[str] = None,
    name: str = "data",
    format: Optional[str] = None,
    options: Optional[Mapping[str, str]] = None,
    max_categories: int = 50,
) -> str:
    """Drafts a configuration for a table, as YAML.

    The draft is NOT private, and a :class:`NotPrivateWarning` says so: its categories, bounds and labels are read from
    the private data. Replace them with public knowledge before you run or share it.

    :param private_data: a DataFrame, or the path, URI or name of a table
    :param label: the label column; everything is counted separately for each of its values
    :param name: name of the data set in the configuration, if it is a DataFrame
    :param format: format of the data, such as ``csv`` or ``table``, if it is not a DataFrame; by default, the file
        extension decides
    :param options: how the files are written, as in ``private_data.options``
    :param max_categories: text columns with more values are left out
    :raises PrivateEvolutionError: one of its subclasses, with the messages of the command line
    """
    jvm = _jvm(spark)
    answers = jvm.org.privateevolution.jobs.NotebookAnswers
    with translated(jvm):
        if isinstance(private_data, DataFrame):
            draft = answers.draft(private_data._jdf, name, label, max_categories)
        else:
            location = os.fspath(private_data)
            format = _format(answers, format, location)
            entries = _entries(jvm, options)
            draft = answers.draft(spark._jsparkSession, format, location, entries, label, max_categories)
    warnings.warn(
        "the draft is not private: replace what was read from the private data with public knowledge before you run it",
        NotPrivateWarning,
        stacklevel=2,
    )
    return draft


def discover(
    spark: SparkSession,
    private_data: Union[DataFrame, str, "os.PathLike[str]"],
    *,
    epsilon: float,
    delta: float,
    output: Union[str, "os.PathLike[str]"],
    ledger: Optional[str] = None,
    columns: Sequence[str] = (),
    client_column: Optional[str] = None,
    adjacency: str = "add-remove",
    name: str = "data",
    format: Optional[str] = None,
    options: Optional[Mapping[str, str]] = None,
) -> str:
    """Drafts a configuration for a table under differential privacy, as YAML.

    The draft follows from one release with noise, which is charged to the ledger. Called again with the same
    ``output``, the function uses the same release and charges nothing. A run that says ``tabular: {discover: {}}``
    discovers its columns itself, and needs no draft.

    :param private_data: a DataFrame, or the path, URI or name of a table
    :param delta: delta of the release, well below 1/N for a public bound N on the number of records
    :param output: folder of the release and of ``draft.yaml``; a draft that lies there is kept
    :param ledger: ledger of the data set; by default beside the data. Required for a DataFrame and a table
    :param columns: columns to examine, by default all; with fewer columns, each gets less noise
    :param client_column: column of the client id, to protect whole clients
    :param adjacency: ``add-remove`` or ``replace-one``
    :param name: public name of the data set, if it is a DataFrame
    :param format: format of the data, such as ``csv`` or ``table``, if it is not a DataFrame; by default, the file
        extension decides
    :param options: how the files are written, as in ``private_data.options``
    :raises PrivateEvolutionError: one of its subclasses, with the messages of the command line
    """
    jvm = _jvm(spark)
    answers = jvm.org.privateevolution.jobs.NotebookAnswers
    with translated(jvm):
        if isinstance(private_data, DataFrame):
            records, format, location = private_data._jdf, "dataframe", name
        else:
            records, location = None, os.fspath(private_data)
            format = _format(answers, format, location)
        examined = jvm.java.util.ArrayList()
        for column in columns:
            examined.add(column)
        return answers.discover(
            spark._jsparkSession,
            records,
            format,
            location,
            _entries(jvm, options),
            examined,
            client_column,
            float(epsilon),
            float(delta),
            adjacency,
            ledger,
            os.fspath(output),
        )


def plan(
    spark: SparkSession,
    configuration: Configuration,
    rows: Optional[int] = None,
    *,
    overrides: Optional[Mapping[str, Any]] = None,
) -> Dict[str, Any]:
    """Says what a run will cost, and whether its ledger admits it. Reads no private data.

    :param rows: the approximate number of private records; with it, the plan says whether the data will stand out from
        the noise
    :return: the output of ``pe plan --json``; look at ``["signal"]["grade"]`` and ``["ledger"]["refused"]`` first
    :raises PrivateEvolutionError: one of its subclasses, with the messages of the command line
    """
    jvm = _jvm(spark)
    with translated(jvm):
        spec = _spec(jvm, configuration, overrides)
        return json.loads(jvm.org.privateevolution.jobs.NotebookAnswers.plan(spec, rows or 0))


def ledger(spark: SparkSession, location: Union[str, "os.PathLike[str]"]) -> Dict[str, Any]:
    """Verifies a ledger and says what was spent, by which runs, and what is left.

    :param location: path or URI of the ledger, such as ``result.guarantee.ledger``
    :return: the output of ``pe ledger --json``, such as ``["epsilon"]``, ``["budget"]["left"]`` and ``["runs"]``
    :raises PrivateEvolutionError: one of its subclasses, with the messages of the command line
    """
    jvm = _jvm(spark)
    with translated(jvm):
        return json.loads(
            jvm.org.privateevolution.jobs.NotebookAnswers.ledger(spark._jsparkSession, os.fspath(location))
        )


def _format(answers, format, location):
    format = format or answers.format(location)
    if format is None:
        raise ConfigurationError([f"format is missing, and {location} does not tell it: give one, such as csv or table"])
    return format


def _entries(jvm, options):
    entries = jvm.java.util.HashMap()
    for key, value in (options or {}).items():
        entries.put(key, str(value))
    return entries


def _jvm(spark):
    from py4j.java_gateway import JavaPackage

    jvm = spark._jvm
    if isinstance(jvm.org.privateevolution.jobs.NotebookRun, JavaPackage):
        raise ConfigurationError(
            [
                "private-evolution-VERSION.jar is not on the class path of this session: start the session with"
                " SparkSession.builder.config(map=pe.spark_config()), before any other session of this process; with"
                " --jars; or install the jar as a library of the cluster"
            ]
        )
    return jvm


def _frame(private_data):
    if private_data is not None and not isinstance(private_data, DataFrame):
        kind = type(private_data).__name__
        raise ConfigurationError([f"private_data is a {kind}: give a Spark DataFrame, as spark.createDataFrame makes"])
    return private_data


def _notebook_run(spark, jvm, private_data):
    notebook_run = jvm.org.privateevolution.jobs.NotebookRun.on(spark._jsparkSession)
    return notebook_run if _frame(private_data) is None else notebook_run.privateData(private_data._jdf)


def _told(configuration, overrides, generator):
    """The part of a request to a Connect server that describes the configuration."""
    if generator is not None:
        raise ConfigurationError(
            ["generator: a server of Spark Connect cannot call this program: use a classic session"]
        )
    told = {"overrides": _assignments(overrides)}
    location, source, text = _configuration(configuration)
    return {**told, "location": location} if text is None else {**told, "source": source, "configuration": text}


def _assignments(overrides):
    return [f"{key}={json.dumps(value, default=str)}" for key, value in (overrides or {}).items()]


def _configuration(configuration):
    """The configuration as (URI, None, None), or as (None, name, text)."""
    if isinstance(configuration, Mapping):
        return None, "notebook", json.dumps(configuration, default=str)
    if isinstance(configuration, str) and "\n" in configuration:
        return None, "notebook", configuration
    location = os.fspath(configuration)
    if re.match(r"[A-Za-z][A-Za-z0-9+.-]+:/", location):
        return location, None, None
    try:
        # Python's current directory is not always Java's.
        with open(location, encoding="utf-8") as file:
            return None, os.path.basename(location), file.read()
    except FileNotFoundError:
        raise ConfigurationError([f"{location}: no such file; give the path of a configuration"], "PE-102") from None
    except (OSError, UnicodeError) as error:
        raise ConfigurationError([f"{location}: cannot be read: {error}"], "PE-102") from None


def _spec(jvm, configuration, overrides):
    assignments = jvm.java.util.ArrayList()
    for assignment in _assignments(overrides):
        assignments.add(assignment)
    location, source, text = _configuration(configuration)
    if text is None:
        return jvm.org.privateevolution.spark.ConfigurationFile.load(location, assignments)
    return jvm.org.privateevolution.config.RunConfiguration.parse(text, source, assignments)

"""The functions of the module, through Spark Connect and the plugin ConnectRuns of its server.

The server answers only with what may be published: no private record and no count without noise leaves it.
"""

import json
import uuid

from private_evolution._errors import ConfigurationError, PrivateEvolutionError, of_kind
from private_evolution._result import Guarantee, Metric, Release, Result

_PROTOCOL = 1

_NO_PLUGIN = (
    "this session is Spark Connect, and its server has no plugin for this: start the server with"
    " --jars private-evolution-VERSION.jar and --conf"
    " spark.connect.extensions.command.classes=org.privateevolution.jobs.ConnectRuns, or use a classic session; on"
    " Databricks, a cluster with dedicated (single-user) access mode"
)


def is_session(spark):
    """Whether a session is a Spark Connect session. Needs no Connect classes, which may not be installed."""
    return any(kind.__module__.startswith("pyspark.sql.connect.") for kind in type(spark).__mro__)


def run(spark, configuration, private_data, extend):
    answer = _with_records(spark, {**configuration, "action": "run", "extend": extend}, private_data)
    guarantee = answer["guarantee"]
    return Result(
        synthetic=spark.table(answer["synthetic"]),
        guarantee=Guarantee(
            **{
                **guarantee,
                "client_column": guarantee["client_column"] or None,
                "releases": [Release(**release) for release in guarantee["releases"]],
            }
        ),
        metrics=[Metric(**metric, inside_guarantee=True) for metric in answer["metrics"]],
        location=answer["location"],
    )


def check(spark, configuration, private_data):
    _with_records(spark, {**configuration, "action": "check"}, private_data)


def sample(spark, run, rows, where, seed, first_row):
    request = {"action": "sample", "run": run, "rows": rows, "where": where, "seed": seed, "first_row": first_row}
    answer = _ask(spark, request)
    return spark.table(answer["synthetic"])


def _with_records(spark, request, private_data):
    """Sends a request; the server finds the client's DataFrame through a temporary view."""
    if private_data is None:
        return _ask(spark, request)
    view = _name()
    private_data.createOrReplaceTempView(view)
    try:
        return _ask(spark, {**request, "private_data": view})
    finally:
        spark.catalog.dropTempView(view)


def _ask(spark, request):
    reply = _name()
    try:
        spark.client.execute_command(_command({**request, "private_evolution": _PROTOCOL, "reply": reply}))
        answer = json.loads(spark.conf.get(reply))
        spark.conf.unset(reply)
    except Exception as error:
        if not type(error).__module__.startswith("pyspark."):
            raise
        if "extension" in str(error):
            translation = ConfigurationError([_NO_PLUGIN])
        else:
            translation = PrivateEvolutionError(
                [f"internal error, {type(error).__name__}: its message may hold private values and is not shown"]
            )
    else:
        if "failure" not in answer:
            return answer
        translation = of_kind(**answer["failure"])
    raise translation from None


def _command(request):
    from google.protobuf import any_pb2, wrappers_pb2
    from pyspark.sql.connect import proto

    packed = any_pb2.Any()
    packed.Pack(wrappers_pb2.StringValue(value=json.dumps(request)))
    command = proto.Command()
    command.extension.CopyFrom(packed)
    return command


def _name():
    return f"private_evolution_{uuid.uuid4().hex}"

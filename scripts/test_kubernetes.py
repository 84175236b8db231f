"""Holds manifests against schemas, has spark-submit send a driver to a stand-in for an API server, and runs its command."""

import json
import os
import pathlib
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import kubernetes_validate
import yaml
from kubeflow_spark_api.models import SparkV1beta2SparkApplication as SparkApplication

work, checkout = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
example = checkout / "examples" / "kubernetes"
VERSION = "1.32"


def valid(resource, what):
    kubernetes_validate.validate(resource, VERSION, strict=True)
    print(f"{what} fits the schema of Kubernetes {VERSION}", flush=True)


for resource in yaml.safe_load_all((example / "cluster.yaml").read_text()):
    valid(resource, resource["kind"])
for name in ["driver.yaml", "executor.yaml"]:
    valid(yaml.safe_load((example / name).read_text()), name)

declared = yaml.safe_load((example / "spark-application.yaml").read_text())


def known(model, given, path):
    """The models drop what they do not know, and so would the operator."""
    for key, value in given.items():
        assert key in model, f"spark-application.yaml: no {path}{key} in the operator's schema"
        if isinstance(value, dict) and isinstance(model[key], dict):
            known(model[key], value, f"{path}{key}.")


known(SparkApplication.from_dict(declared).to_dict(), declared, "")
print("spark-application.yaml fits the schema of the operator", flush=True)

image = work / "image"
copied = [line.split()[-2] for line in (image / "Dockerfile").read_text().splitlines() if line.startswith("COPY")]
assert copied and all(list(image.glob(source)) for source in copied), copied
assert list(image.glob("s3/hadoop-aws-*.jar")) and list(image.glob("s3/s3-*.jar"))
assert (work / "docker").read_text().split() == ["build", "--tag", "example/image:1", str(image)]

posted, places = [], set()


class ApiServer(BaseHTTPRequestHandler):
    """Takes what it is sent, and says that it is there."""

    def do_POST(self):
        resource = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        posted.append(resource)
        places.add(self.path.split("?")[0].rsplit("/", 1)[0])
        self.answer(201, {**resource, "metadata": {**resource["metadata"], "uid": f"uid-{len(posted)}"}})

    do_PATCH = do_PUT = do_POST

    def do_GET(self):
        self.answer(404, {"kind": "Status", "apiVersion": "v1", "status": "Failure", "code": 404})

    def answer(self, status, resource):
        content = json.dumps(resource).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *arguments):
        pass


server = ThreadingHTTPServer(("127.0.0.1", 0), ApiServer)
threading.Thread(target=server.serve_forever, daemon=True).start()
conf = work / "conf"
conf.mkdir()
# Nobody here tells how the driver ends.
(conf / "spark-defaults.conf").write_text("spark.kubernetes.submission.waitAppCompletion false\n")
configuration = f"file://{work}/table/subscriptions.yaml"
submitted = subprocess.run(
    [example / "submit", f"http://127.0.0.1:{server.server_port}", "example/image:1", configuration],
    env={**os.environ, "SPARK_CONF_DIR": str(conf), "KUBECONFIG": "/dev/null"},
    stdout=subprocess.PIPE,
    stderr=subprocess.STDOUT,
    text=True,
    timeout=1800,
)
pods = [resource for resource in posted if resource["kind"] == "Pod"]
assert len(pods) == 1, submitted.stdout
driver = pods[0]
valid(driver, "the driver's pod, as spark-submit sends it,")
container = driver["spec"]["containers"][0]
assert container["image"] == "example/image:1"
assert driver["spec"]["serviceAccountName"] == "driver"
assert all(place.startswith("/api/v1/namespaces/private-evolution") for place in places), places
assert driver["spec"]["securityContext"]["runAsNonRoot"]
assert container["securityContext"]["capabilities"]["drop"] == ["ALL"]
assert any(variable["name"] == "STORE_KEY" and "secretKeyRef" in variable["valueFrom"] for variable in container["env"])
assert any(mount["mountPath"] == "/etc/private-evolution" for mount in container["volumeMounts"])
settings = json.dumps([resource["data"] for resource in posted if resource["kind"] == "ConfigMap"])
for setting in ["spark.io.encryption.enabled", "spark.authenticate", "spark.kubernetes.executor.podTemplateFile"]:
    assert setting in settings, f"no {setting} in {settings}"

# The image's entry point hands the arguments to spark-submit, on the properties that the config map holds.
arguments = container["args"]
assert arguments[0] == "driver", arguments
main = arguments[arguments.index("--class") + 1]
application = arguments.index("local:///opt/private-evolution/private-evolution.jar")
jar = image / "private-evolution.jar"
ran = subprocess.run(
    ["spark-submit", "--master", "local[2]", "--class", main, jar, *arguments[application + 1 :]],
    cwd=work / "table",
    stdout=subprocess.PIPE,
    text=True,
    timeout=3600,
)
assert ran.returncode == 0, ran.stdout
finished = json.loads(ran.stdout.splitlines()[-1])
assert finished["event"] == "finished", finished
print(f"the command of its container runs: {finished['guarantee']}")

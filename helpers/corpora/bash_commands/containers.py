"""Containers and clouds: docker, kubectl, helm, terraform, aws and their kind."""

from helpers.corpora.bash_commands.grammar import read_rules
from helpers.corpora.bash_commands.program import Program

RULES = read_rules(r"""
    inside
        bash¦sh¦/bin/bash¦/bin/sh¦env¦ls -l <absdir>¦psql -U <user> <db>¦cat <conf>¦
        python manage.py migrate
    service_name
        web¦db¦api¦worker¦redis¦nginx¦app¦<name>
    resource
        pods¦svc¦services¦deployments¦nodes¦pvc¦secrets¦configmaps¦ingress¦jobs¦events¦deploy¦ns¦
        all
    kn
        ¦ -n <namespace>¦ -n <namespace>
""")

PROGRAMS = (
    Program("docker", 9, r"""
        docker ps «¦-a¦-q¦-aq¦-l¦-s»
        docker ps «-a ¦» --«filter ¨name=<name>¨¦format '{{.Names}}'¦no-trunc»
        docker run -«it¦ti¦i» --rm <image> «¦<inside>»
        docker run -d -p·<port>:<port> <image>
        docker run -d --name <name> -p·<port>:<port> <image>
        docker run -«it¦d» -v «$(pwd)¦$PWD¦<absdir>»:«/app¦/data¦/src¦/<d>» <image> «¦<inside>»
        docker run -e «<var>=<word>¦POSTGRES_PASSWORD=$PASSWORD¦TZ=UTC» -d <image>
        docker run --rm -v <absdir>:/<d#1> -w /<d#1> <image>
        docker run -d --«restart=always¦restart unless-stopped¦network <name>¦network=host» <image>
        docker run -«P¦dP» <image>
        docker run -u $(id -u):$(id -g) -m <size> <image>
        docker exec -«it¦i¦ti» <name> <inside>
        docker exec -u <user> -it <name> <inside>
        docker build -t <image> .
        docker build -t <name>:<version> -f <d>/Dockerfile .
        docker build --«no-cache¦pull¦build-arg <var>=<word>» -t <image> <«dir¦where»>
        docker logs «¦-f¦-t¦--tail <10..500>¦--since <1..24>h» <name>
        docker logs -f --tail=<10..500> <name>
        docker logs <name> 2>&1 | grep <word>
        docker «stop¦start¦restart¦kill¦rm¦rm -f¦inspect¦top¦port¦pause» <name>
        docker «rmi¦rmi -f¦pull¦push¦history» <image>
        docker images «¦-q¦-a¦| grep <name>»
        docker «stop¦rm¦rm -f¦kill» $(docker ps -«q¦aq¦a -q»)
        docker rmi $(docker images -q -f dangling=true)
        docker cp <name>:<absdir> <dir>
        docker cp <file> <name>:/<d>/
        docker «system¦volume¦image¦container¦network» prune «¦-f¦-a»
        docker «volume¦network» «ls¦create <name>¦rm <name>¦inspect <name>»
        docker tag <name#1> registry.<domain>/<name#1>:<version>
        docker save -o <name#1>.tar <name#1>
        docker load -i <name>.tar
        docker login «registry.<domain>¦-u <user>»
        docker stats «¦--no-stream¦<name>»
        docker inspect -f '{{.State.Status}}' <name>
        docker compose «up -d¦down¦logs -f <service_name>¦ps¦build <service_name>¦
            exec <service_name> <inside>»
    """, values="p", twins="pP", subcommands=True),
    Program("docker-compose", 1.4, r"""
        docker-compose «up¦up -d¦down¦ps¦down -v¦build¦pull¦up --build¦restart»
        docker-compose -f <w>.yml «up -d¦down¦config¦ps»
        docker-compose «logs -f¦restart¦stop¦build¦up -d¦rm -f» <service_name>
        docker-compose exec <service_name> <inside>
        docker-compose run --rm <service_name> <inside>
    """, subcommands=True),
    Program("podman", 0.5, r"""
        podman «ps¦ps -a¦images¦pull <image>¦rm <name>¦logs <name>»
        podman run -«it¦d» -p·<port>:<port> <image>
    """, values="p", subcommands=True),
    Program("kubectl", 5, r"""
        kubectl get <resource><kn>
        kubectl get <resource> «-A¦--all-namespaces¦-o wide¦-o yaml¦-w¦-l app=<name>¦
            --show-labels»<kn>
        kubectl get pods<kn> | grep «-v Running¦<name>¦CrashLoopBackOff¦Pending»
        kubectl get «pod¦svc¦deploy¦secret» <name> -o «yaml¦json¦jsonpath='{.status.phase}'»<kn>
        kubectl describe «pod¦svc¦node¦deploy» <pod><kn>
        kubectl logs «¦-f ¦-p »<pod><kn>
        kubectl logs -f <pod> -c <service_name><kn>
        kubectl logs <pod> --tail=<10..500><kn>
        kubectl -n <namespace> logs -f deploy/<name>
        kubectl exec -it <pod><kn> -- <inside>
        kubectl apply -f <«conf¦dir»><kn>
        kubectl «apply¦delete¦create¦diff» -«f¦k» «<w>.yaml¦<d>/<w>.yaml¦<d>/»<kn>
        kubectl delete «pod¦svc¦deploy¦job» <pod><kn>
        kubectl scale «deploy¦deployment¦sts» <name> --replicas=<0..12><kn>
        kubectl rollout «status¦restart¦undo¦history» «deploy/¦deployment »<name><kn>
        kubectl port-forward «svc/¦pod/»<name> <port>:<port><kn>
        kubectl config «use-context <name>¦get-contexts¦current-context¦view»
        kubectl create «namespace <name>¦ns <name>¦secret generic <name> --from-literal=<w>=<word>»
        kubectl top «pods¦nodes¦pod <pod>»<kn>
        kubectl cp <pod>:<absdir> <dir><kn>
        kubectl edit «deploy¦svc¦cm» <name><kn>
        kubectl «drain¦cordon¦uncordon» node-<1..20>
        kubectl set image deploy/<name#1> <name#1>=<image><kn>
    """, subcommands=True),
    Program("helm", 0.9, r"""
        helm install <name> <d>/<name> «¦-f <w>.yaml»<kn>
        helm upgrade --install <name> ./<d> -f values.yaml<kn>
        helm «list¦list -A¦repo update¦uninstall <name>¦status <name>»
        helm repo add <name> https://charts.<domain>
        helm rollback <name> <1..20><kn>
    """, subcommands=True),
    Program("terraform", 1, r"""
        terraform «init¦plan¦apply¦destroy¦validate¦fmt¦output¦show¦fmt -recursive¦state list»
        terraform «plan¦apply» -var-file=<w>.tfvars
        terraform «apply¦destroy» -auto-approve «¦-var ¨<w>=<word>¨»
        terraform plan -out=<w>.tfplan
        terraform «workspace select <w>¦import aws_instance.<w> i-0<1000..9999>ab»
        terraform apply -target=module.<w>
    """, words=True, subcommands=True),
    Program("aws", 1.4, r"""
        aws s3 ls «¦s3://<name>-<label>¦s3://<name>/<d>/»
        aws s3 cp <file> s3://<name>/<d>/
        aws s3 «sync¦cp --recursive» <dir> s3://<name>-<label>/<d> «¦--delete¦--dryrun»
        aws s3 rm s3://<name>/<d>/ --recursive
        aws ec2 describe-instances --«region eu-west-<1..3>¦output table¦profile <name>»
        aws «sts get-caller-identity¦configure¦s3 mb s3://<name>¦iam list-users»
        aws logs tail /aws/lambda/<name> --follow
        aws ec2 «start¦stop»-instances --instance-ids i-0<1000..9999>f
    """, words=True, subcommands=True),
    Program("gcloud", 0.5, r"""
        gcloud «auth login¦config list¦projects list¦compute instances list»
        gcloud compute ssh <name> --zone=europe-west<1..4>-«a¦b¦c»
        gcloud config set project <name>-<100..999>
    """, subcommands=True),
    Program("ansible", 0.5, r"""
        ansible «all¦<label>s» -m ping «¦-i <w>.ini»
        ansible «all¦<label>» -i hosts -a "uptime" «¦-b¦-u <user>»
    """, values="aimu"),
    Program("ansible-playbook", 0.6, r"""
        ansible-playbook «¦-i <w>.ini » <w>.yml «¦-K¦-C¦--check¦-b»
        ansible-playbook <w>.yml -«l¦t» <label> «¦-D¦-vv¦-k»
        ansible-playbook -i hosts <d>/<w>.yml -e "<w>=<word>"
    """, values="eilt", twins="kK"),
    Program("vagrant", 0.4, r"""
        vagrant «up¦ssh¦halt¦destroy -f¦status¦provision¦box list»
        vagrant «up¦ssh¦halt» <name>
    """, subcommands=True),
)
